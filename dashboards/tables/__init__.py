"""The tables of a board: one per block, read alike by the page and by the CSV file, so that both hold the same numbers.

They must not be drawn here, nor hold anything that isn't in the Tableau.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboards.tables.acces import acces, acces_ecoles, mois, pics
from dashboards.tables.accompagnement import SUIVIS, accompagnement, causes
from dashboards.tables.base import (
    ORDINAIRES,
    Colonne,
    Genre,
    Ligne,
    Manque,
    Table,
    Valeur,
    display,
    find_display,
    or_manque,
)
from dashboards.tables.creneaux import creneaux
from dashboards.tables.enfants import EVOLUTION, enfants, titre_enfants
from dashboards.tables.parts import (
    appareils,
    durees,
    familles,
    moments,
    navigateurs,
    profils,
    services,
    services_absents,
    services_familles,
    systemes,
)
from dashboards.tables.reception import expected_weeks, reception
from dashboards.tables.semblables import genre_comparaison, semblables, titre_comparaison
from dashboards.tables.serie import serie
from dashboards.tables.taux import taux
from marking_plan import MarkingPlan
from metrics.tableau import Tableau

TABLES: Mapping[str, Callable[[Tableau, MarkingPlan], Table]] = MappingProxyType(
    {
        f.__name__: f
        for f in (
            serie,
            reception,
            enfants,
            causes,
            accompagnement,
            semblables,
            mois,
            pics,
            acces,
            acces_ecoles,
            profils,
            taux,
            services,
            familles,
            moments,
            creneaux,
            durees,
            appareils,
            systemes,
            navigateurs,
        )
    }
)

__all__ = [
    "EVOLUTION",
    "ORDINAIRES",
    "SUIVIS",
    "TABLES",
    "Colonne",
    "Genre",
    "Ligne",
    "Manque",
    "Table",
    "Valeur",
    "acces",
    "acces_ecoles",
    "accompagnement",
    "appareils",
    "causes",
    "creneaux",
    "display",
    "durees",
    "enfants",
    "expected_weeks",
    "familles",
    "find_display",
    "genre_comparaison",
    "mois",
    "moments",
    "navigateurs",
    "or_manque",
    "pics",
    "profils",
    "reception",
    "semblables",
    "serie",
    "services",
    "services_absents",
    "services_familles",
    "systemes",
    "taux",
    "titre_comparaison",
    "titre_enfants",
]
