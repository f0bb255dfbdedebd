"""Lets `python -m dnma` run the command."""

from dnma import main

main()
