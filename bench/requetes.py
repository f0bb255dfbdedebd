"""Counts what boards ask of their publication: each query has a cursor of its own.

It must not read a figure.
"""

from dataclasses import replace
from typing import cast

import duckdb

from metrics.lecture import Lecteur


class Compteur:
    """The connection of an open publication, and how many queries it was asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.requetes = 0

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor, for one query."""
        self.requetes += 1
        return self._connection.cursor()


def count_queries(lecteur: Lecteur) -> Compteur:
    """Put a counter between a reader and the publication that it has open."""
    editions = lecteur._editions
    edition = editions.current()
    compteur = Compteur(edition.connection)
    editions._edition = replace(edition, connection=cast("duckdb.DuckDBPyConnection", compteur))
    return compteur
