"""Attack a publication: give every published figure with every sum to a linear programme, and see which masks give way (trust.md T3).

It must not know how masks were chosen: it reads the published file alone, as anybody with it can.
"""

from bench.attaque.lecture import GRAINS, Cellule, Periode, read_periods
from bench.attaque.programme import Bilan, attack, attack_together
from bench.attaque.publications import simulate_lake, simulate_publication

__all__ = [
    "GRAINS",
    "Bilan",
    "Cellule",
    "Periode",
    "attack",
    "attack_together",
    "read_periods",
    "simulate_lake",
    "simulate_publication",
]
