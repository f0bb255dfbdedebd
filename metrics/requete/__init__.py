"""Asking the publication for figures: a typed query that refuses what can't be, and its SQL.

It must not count events: the publication holds the figures.
"""

from metrics.requete.compilation import compile_requete, read_requete
from metrics.requete.requete import EnfantsDe, Requete

__all__ = ["EnfantsDe", "Requete", "compile_requete", "read_requete"]
