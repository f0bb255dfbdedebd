"""The tables of a board: one per block, read alike by the page and by the CSV file, so that both hold the same numbers.

They must not be drawn here, nor hold anything that isn't in the Tableau.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboards.tables.base import Colonne, Ligne, Table, Valeur, display
from dashboards.tables.creneaux import creneaux
from dashboards.tables.enfants import enfants
from dashboards.tables.parts import (
    appareils,
    durees,
    navigateurs,
    profils,
    services,
    services_absents,
    services_famille,
    systemes,
    titre_modalite,
)
from dashboards.tables.serie import serie
from marking_plan import MarkingPlan
from metrics.tableau import Tableau

TABLES: Mapping[str, Callable[[Tableau, MarkingPlan], Table]] = MappingProxyType(
    {f.__name__: f for f in (serie, profils, services, creneaux, durees, appareils, systemes, navigateurs, enfants)}
)

__all__ = [
    "TABLES",
    "Colonne",
    "Ligne",
    "Table",
    "Valeur",
    "appareils",
    "creneaux",
    "display",
    "durees",
    "enfants",
    "navigateurs",
    "profils",
    "serie",
    "services",
    "services_absents",
    "services_famille",
    "systemes",
    "titre_modalite",
]
