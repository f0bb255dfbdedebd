"""A seeded, believable region, for tests, benches and the demo: `simulate.py` begins there.

It must not import what it works with: every command knows its errors.
"""
