"""A vendor's usual faults, at small known rates: bad lines beside good ones, repeats, disorder, odd codes.
Must never change a good line's person, school, profile nor instant: the truth must hold all the same."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from bench.simulation.agents import ROBOT
from bench.simulation.drawing import Entiers
from bench.simulation.usage import MARQUAGES
from bench.simulation.visits import AGENTS

# Bad lines, as a share of the good ones, by the motif that must refuse them.
TAUX_FAUTES: Mapping[str, float] = {
    "ligne_illisible": 0.0004,
    "champ_personnel": 0.0003,
    "opposition": 0.0008,
    "instant_absent": 0.0002,
    "instant_invalide": 0.0002,
    "instant_futur": 0.0003,
    "uai_invalide": 0.0006,
    "visiteur_absent": 0.0004,
    "valeur_invalide": 0.0002,
    "robot": 0.0010,
}
TAUX_REPETITIONS = 0.002
TAUX_DESORDRE = 0.01
DESORDRE_MAX_MS = 2 * 3_600_000
TAUX_SERVICE_INCONNU = 0.002
TAUX_AGENT_ABSENT = 0.003
FUTUR_MS = 75 * 365 * 86_400_000

SERVICE_INCONNU = len(MARQUAGES)
AGENT_ABSENT = len(AGENTS)
AGENT_ROBOT = AGENT_ABSENT + 1
ECRITURES_SERVICE = (*(m.ecriture for m in MARQUAGES), "MODULE_ESSAI_42")
ECRITURES_AGENT = (*AGENTS, None, ROBOT)


def add_faults(evenements: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The week's lines in the order of sending.

    Adds `numero` (unique, but for repeats), `motif` (null: good line), `doublon` (repeat of a line already
    there) and `ordre` (the sending order within a day's lines, in ms).
    """
    bons = _degrade_codes(evenements, rng).with_columns(
        motif=pl.lit(None, dtype=pl.String), doublon=pl.lit(False), ordre=pl.col("instant_ms")
    )
    fautes = [_make_bad_lines(bons, motif, taux, rng) for motif, taux in TAUX_FAUTES.items()]
    lignes = pl.concat([bons, *fautes]).with_row_index("numero")
    lignes = lignes.with_columns(ordre=_shuffle_some(lignes["ordre"].to_numpy(), rng))
    repetitions = _sample(lignes.filter(pl.col("motif").is_null()), TAUX_REPETITIONS, rng)
    return pl.concat([lignes, repetitions.with_columns(doublon=pl.lit(True))])


def _degrade_codes(evenements: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Some services outside the plan and some missing agents: lines that must be kept."""
    return evenements.with_columns(
        _replace_some(evenements["service"], SERVICE_INCONNU, TAUX_SERVICE_INCONNU, rng),
        _replace_some(evenements["agent"], AGENT_ABSENT, TAUX_AGENT_ABSENT, rng),
    )


def _replace_some(colonne: pl.Series, valeur: int, taux: float, rng: np.random.Generator) -> pl.Series:
    valeurs = colonne.to_numpy().copy()
    valeurs[rng.random(len(valeurs)) < taux] = valeur
    return pl.Series(colonne.name, valeurs)


def _make_bad_lines(bons: pl.DataFrame, motif: str, taux: float, rng: np.random.Generator) -> pl.DataFrame:
    lignes = _sample(bons, taux, rng).with_columns(motif=pl.lit(motif))
    if motif == "robot":
        return lignes.with_columns(agent=pl.lit(AGENT_ROBOT, dtype=pl.UInt16))
    if motif == "instant_futur":
        return lignes.with_columns(pl.col("instant_ms") + FUTUR_MS)
    return lignes


def _sample(lignes: pl.DataFrame, taux: float, rng: np.random.Generator) -> pl.DataFrame:
    """At least one row as long as there are any, so that a small simulation shows every fault."""
    nombre = min(len(lignes), max(1, round(taux * len(lignes))))
    return lignes[np.sort(rng.choice(len(lignes), nombre, replace=False))]


def _shuffle_some(ordre: Entiers, rng: np.random.Generator) -> pl.Series:
    touchees = rng.random(len(ordre)) < TAUX_DESORDRE
    ecarts = rng.integers(-DESORDRE_MAX_MS, DESORDRE_MAX_MS, len(ordre))
    return pl.Series("ordre", np.where(touchees, ordre + ecarts, ordre))
