"""Small counts: which profiles of which node are published, and which cells are masked. It must not know screens or files."""
