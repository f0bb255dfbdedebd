"""A week of visits and their events, drawn at once as columns.
Must not write lines; what leaves here is exact, so that the truth can be counted from it."""

from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import polars as pl

from bench.simulation.agents import make_agents
from bench.simulation.drawing import Booleens, Entiers, Reels, draw
from bench.simulation.population import Population
from bench.simulation.rhythm import (
    JOUR_MS,
    POIDS_JOURS,
    QUART_MS,
    Calendrier,
    growth,
    in_class,
    quarter_weights,
)
from bench.simulation.scenario import Scenario
from bench.simulation.usage import (
    DUREE_MAX_S,
    DUREE_MEDIANE_S,
    DUREE_SIGMA,
    ECART_MAX_S,
    MARQUAGES,
    PART_ACCUEIL,
    POIDS_APPAREILS,
    POIDS_EVENEMENTS,
    POIDS_SERVICES,
    REPOS_MIN_S,
)

SEMAINE_MS = 7 * JOUR_MS
EPOQUE_LUNDI = 719_163  # date.toordinal() of 1970-01-01
AGENTS = tuple(agent for liste in make_agents() for agent in liste)
_TAILLES = np.array([len(liste) for liste in make_agents()])
_PREMIERS = np.array([0, *accumulate(_TAILLES.tolist())][:-1])
_ACCUEILS = [i for i, marquage in enumerate(MARQUAGES) if marquage.service == "accueil"]


@dataclass(frozen=True, slots=True)
class Semaine:
    """A week: `visites` (ecole, profil, personne, duree_ms) and `evenements`, both by indices.

    `evenements`: instant_ms (UTC), decalage_ms (offset of local time), jour (0–6, local), ecole, profil,
    personne, service (index in MARQUAGES), agent (index in AGENTS).
    """

    visites: pl.DataFrame
    evenements: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Tirage:
    """Visits as drawn, one row a visit: account, local start since Monday 00:00 in ms, number of events."""

    compte: Entiers
    jour: Entiers
    debut_ms: Entiers
    nombre: Entiers

    def take(self, garder: Booleens) -> "Tirage":
        return Tirage(self.compte[garder], self.jour[garder], self.debut_ms[garder], self.nombre[garder])


def make_week(population: Population, scenario: Scenario, calendrier: Calendrier, rng: np.random.Generator) -> Semaine:
    tirage = _draw_visits(population, scenario, calendrier, rng)
    ecarts = _draw_offsets(tirage, population.profil[tirage.compte], rng)
    xiti = np.isin(population.ecole[tirage.compte], list(scenario.xiti))
    tirage, ecarts = _floor_to_seconds(tirage, ecarts, xiti)
    duree = ecarts[np.cumsum(tirage.nombre) - 1]
    en_panne = _in_outage(tirage, duree, population, scenario, calendrier)
    garder = _keep_apart(tirage, duree, population) & ~en_panne
    ecarts = ecarts[np.repeat(garder, tirage.nombre)]
    return _make_frames(tirage.take(garder), duree[garder], ecarts, population, calendrier, rng)


def _floor_to_seconds(tirage: Tirage, ecarts: Entiers, visites: Booleens) -> tuple[Tirage, Entiers]:
    """Starts and offsets of the chosen visits without their milliseconds: access logs hold whole seconds."""
    debut = np.where(visites, tirage.debut_ms // 1000 * 1000, tirage.debut_ms)
    entiers = np.where(np.repeat(visites, tirage.nombre), ecarts // 1000 * 1000, ecarts)
    return Tirage(tirage.compte, tirage.jour, debut, tirage.nombre), entiers


def _draw_visits(
    population: Population, scenario: Scenario, calendrier: Calendrier, rng: np.random.Generator
) -> Tirage:
    jours = POIDS_JOURS * calendrier.part
    semaine = jours.sum(axis=1) / POIDS_JOURS.sum(axis=1) * growth(calendrier.lundi)
    attendu = population.taux * semaine[population.profil] * scenario.level(calendrier.lundi)[population.ecole]
    compte = np.repeat(np.arange(len(attendu)), rng.poisson(attendu))
    profil = population.profil[compte]
    jour = draw(rng, jours, profil)
    quart = draw(rng, quarter_weights(), profil * 3 + calendrier.genre[jour])
    debut = jour * JOUR_MS + quart * QUART_MS + rng.integers(0, QUART_MS, len(compte))
    nombre = 1 + draw(rng, POIDS_EVENEMENTS, np.zeros(len(compte), dtype=np.int64))
    ordre = np.lexsort((debut, population.ecole[compte], population.personne[compte]))
    return Tirage(compte[ordre], jour[ordre], debut[ordre], nombre[ordre])


def _draw_offsets(tirage: Tirage, profil: Entiers, rng: np.random.Generator) -> Entiers:
    """Milliseconds from the visit's start to each event: log-normal lengths, gaps from 1 s to 25 minutes."""
    premiers = np.cumsum(tirage.nombre) - tirage.nombre
    parts = rng.standard_exponential(int(tirage.nombre.sum()))
    parts[premiers] = 0
    if not len(premiers):
        return parts.astype(np.int64)
    duree_s = np.minimum(DUREE_MEDIANE_S[profil] * rng.lognormal(0, DUREE_SIGMA, len(profil)), DUREE_MAX_S)
    echelle: Reels = duree_s / np.maximum(np.add.reduceat(parts, premiers), 1e-9)
    ecarts = np.clip(parts * np.repeat(echelle, tirage.nombre), 1, ECART_MAX_S) * 1000
    ecarts[premiers] = 0
    cumul = np.cumsum(ecarts.astype(np.int64))
    depuis: Entiers = cumul - np.repeat(cumul[premiers], tirage.nombre)
    return depuis


def _keep_apart(tirage: Tirage, duree: Entiers, population: Population) -> Booleens:
    """Visits 31 minutes after any earlier one of the person in the school, and over before Monday 00:00.

    Rows come sorted by person, school and start. Each group is shifted by more than a week, so that one
    running maximum of the ends serves them all.
    """
    groupe = population.personne[tirage.compte] * (population.ecole.max() + 1) + population.ecole[tirage.compte]
    rang = np.cumsum(np.diff(groupe, prepend=-1) != 0) * (2 * SEMAINE_MS)
    fin = np.maximum.accumulate(rang + tirage.debut_ms + duree)
    precedente = np.concatenate([[0], fin[:-1]])
    libre = rang + tirage.debut_ms >= precedente + REPOS_MIN_S * 1000
    garder: Booleens = libre & (tirage.debut_ms + duree < SEMAINE_MS)
    return garder


def _in_outage(
    tirage: Tirage, duree: Entiers, population: Population, scenario: Scenario, calendrier: Calendrier
) -> Booleens:
    """Visits that touch a day the platform did not deliver."""
    jours = [(jour - calendrier.lundi).days for jour in scenario.panne.jours]
    touche = np.isin(tirage.jour, jours) | np.isin((tirage.debut_ms + duree) // JOUR_MS, jours)
    return touche & np.isin(population.ecole[tirage.compte], list(scenario.panne.ecoles))


def _make_frames(
    tirage: Tirage,
    duree: Entiers,
    ecarts: Entiers,
    population: Population,
    calendrier: Calendrier,
    rng: np.random.Generator,
) -> Semaine:
    profil = population.profil[tirage.compte]
    personne = population.personne[tirage.compte]
    visites = pl.DataFrame(
        {"ecole": population.ecole[tirage.compte], "profil": profil, "personne": personne, "duree_ms": duree}
    )
    agent = _draw_agents(profil, personne, tirage, calendrier, rng)
    visite = np.repeat(np.arange(len(profil)), tirage.nombre)
    local = tirage.debut_ms[visite] + ecarts
    decalage = calendrier.decalage_ms[tirage.jour][visite]
    lundi_ms = (calendrier.lundi.toordinal() - EPOQUE_LUNDI) * JOUR_MS
    evenements = pl.DataFrame(
        {
            "instant_ms": local + lundi_ms - decalage,
            "decalage_ms": decalage,
            "jour": local // JOUR_MS,
            "ecole": population.ecole[tirage.compte][visite],
            "profil": profil[visite],
            "personne": personne[visite],
            "service": _draw_services(profil[visite], ecarts == 0, rng),
            "agent": agent[visite],
        },
        schema_overrides={"jour": pl.Int8, "profil": pl.UInt8, "service": pl.UInt8, "agent": pl.UInt16},
    )
    return Semaine(visites, evenements)


def _draw_agents(
    profil: Entiers, personne: Entiers, tirage: Tirage, calendrier: Calendrier, rng: np.random.Generator
) -> Entiers:
    """A kind of device by profile and place; a person keeps the same agent for each kind."""
    classe = in_class(calendrier.genre[tirage.jour], tirage.debut_ms % JOUR_MS)
    appareil = draw(rng, POIDS_APPAREILS, profil * 2 + classe)
    agents: Entiers = _PREMIERS[appareil] + (personne * 7919 + 31 * appareil) % _TAILLES[appareil]
    return agents


def _draw_services(profil: Entiers, premier: Booleens, rng: np.random.Generator) -> Entiers:
    """Services by profile; most visits begin on the home page."""
    services = draw(rng, POIDS_SERVICES, profil)
    accueil = premier & (rng.random(len(profil)) < PART_ACCUEIL)
    services[accueil] = _ACCUEILS[0]
    return services
