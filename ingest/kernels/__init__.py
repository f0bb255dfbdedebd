"""The two inner loops that every event goes through, compiled: reading a line, hashing a token."""
