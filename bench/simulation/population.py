"""The accounts of the simulated schools: who may sign in, where, with which profile, and how often.
Must not know about days nor events."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bench.simulation.drawing import Entiers, Reels, seeded
from bench.simulation.region import Ecole
from bench.simulation.usage import AUTONOMIE_ELEVES, PROFILS, VISITES_SEMAINE

ELEVES_PAR_CLASSE = 23
PARENTS_PAR_ELEVE = 1.55
PART_DEUX_ECOLES = {"parent": 0.03, "enseignant": 0.06, "personnel_collectivite": 0.1}
OCTETS_JETON = 16
CHIFFRES_JETON = 2 * OCTETS_JETON


@dataclass(frozen=True, slots=True)
class Population:
    """One row an account: index of its school, of its profile, of its person, visits in an ordinary week.

    A person has several accounts when attached to two schools, or when a parent is also an elected one.
    """

    ecole: Entiers
    profil: Entiers
    personne: Entiers
    taux: Reels
    jetons: pa.StringArray  # one opaque id a person, as the vendor would send it

    def headcount(self, ecoles: int) -> Entiers:
        """Accounts by school and profile."""
        cases = np.bincount(self.ecole * len(PROFILS) + self.profil, minlength=ecoles * len(PROFILS))
        return cases.reshape(ecoles, len(PROFILS))


def make_population(region: tuple[Ecole, ...], xiti: frozenset[int], graine: int) -> Population:
    rng = seeded(graine, 3)
    comptes = np.array([_count_accounts(e, i in xiti, rng) for i, e in enumerate(region)])
    ecole, profil, personne = _number_accounts(comptes)
    seconds = _pick_second_schools(region, xiti, ecole, profil, rng)
    ecole = np.concatenate([ecole, seconds[:, 1]])
    profil = np.concatenate([profil, profil[seconds[:, 0]]])
    personne = np.concatenate([personne, personne[seconds[:, 0]]])
    return Population(
        ecole=ecole,
        profil=profil,
        personne=personne,
        taux=_draw_rates(region, ecole, profil, rng),
        jetons=_make_tokens(int(comptes.sum()), rng),
    )


def _count_accounts(ecole: Ecole, xiti: bool, rng: np.random.Generator) -> list[int]:
    """Accounts of a school in the order of PROFILS; 2012 tags know neither elected parents nor directors."""
    classes = max(1, round(ecole.eleves / ELEVES_PAR_CLASSE))
    comptes = {
        "eleve": ecole.eleves,
        "enseignant": classes + int(rng.binomial(3, 0.4)),
        "parent": max(classes, round(ecole.eleves * PARENTS_PAR_ELEVE)),
        "parent_elu": classes,
        "directeur": 1,
        "admin_vie_scol_tech": 1 + classes // 3,
        "personnel_collectivite": 1 + classes // 2,
        "autre": int(rng.binomial(2, 0.3)),
    }
    if xiti:
        comptes |= {"parent_elu": 0, "directeur": 0, "personnel_collectivite": 0, "autre": 0}
        comptes["admin_vie_scol_tech"] += 1
    return [comptes[profil] for profil in PROFILS]


def _number_accounts(comptes: Entiers) -> tuple[Entiers, Entiers, Entiers]:
    """School, profile and person of each account; an elected parent is one of the school's parents."""
    ecoles, profils = comptes.shape
    case = np.repeat(np.arange(ecoles * profils), comptes.ravel())
    debuts = np.concatenate([[0], np.cumsum(comptes.ravel())[:-1]])
    ecole, profil = case // profils, case % profils
    personne = np.arange(len(case))
    elu = profil == PROFILS.index("parent_elu")
    rang = personne[elu] - debuts[case[elu]]
    personne[elu] = debuts[ecole[elu] * profils + PROFILS.index("parent")] + rang
    return ecole, profil, personne


def _pick_second_schools(
    region: tuple[Ecole, ...], xiti: frozenset[int], ecole: Entiers, profil: Entiers, rng: np.random.Generator
) -> Entiers:
    """Pairs (account, second school): the school next door, for a few parents and members of staff."""
    voisines = np.array([_find_neighbour(region, i, xiti) for i in range(len(region))])
    part = np.array([PART_DEUX_ECOLES.get(code, 0.0) for code in PROFILS])
    choisis = np.flatnonzero((rng.random(len(ecole)) < part[profil]) & (voisines[ecole] >= 0))
    return np.stack([choisis, voisines[ecole[choisis]]], axis=1)


def _find_neighbour(region: tuple[Ecole, ...], ecole: int, xiti: frozenset[int]) -> int:
    """Another school of the circonscription at the same vendor (ids differ between vendors), else -1."""
    voisines = (
        n
        for n in (ecole + 1, ecole - 1)
        if 0 <= n < len(region)
        and region[n].code_circonscription == region[ecole].code_circonscription
        and n not in xiti
        and ecole not in xiti
    )
    return next(voisines, -1)


def _draw_rates(region: tuple[Ecole, ...], ecole: Entiers, profil: Entiers, rng: np.random.Generator) -> Reels:
    """Most people sign in seldom and a few often: a gamma law round the profile's rate."""
    autonomie = np.array([AUTONOMIE_ELEVES[e.type_ecole] for e in region])
    taux = VISITES_SEMAINE[profil] * np.where(profil == PROFILS.index("eleve"), autonomie[ecole], 1.0)
    return np.asarray(taux * rng.gamma(0.8, 1 / 0.8, len(profil)))


def _make_tokens(nombre: int, rng: np.random.Generator) -> pa.StringArray:
    chiffres = rng.bytes(OCTETS_JETON * nombre).hex().encode()
    bornes = np.arange(nombre + 1, dtype=np.int32) * CHIFFRES_JETON
    return pa.StringArray.from_buffers(nombre, pa.py_buffer(bornes), pa.py_buffer(chiffres))
