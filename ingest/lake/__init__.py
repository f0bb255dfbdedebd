"""What lies on disk: files whole or absent, periods and their keys, the parts of a lot, its quarantine, the check of it all."""
