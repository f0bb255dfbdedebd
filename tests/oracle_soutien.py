"""Schools to support and changes at constant perimeter, recomputed slowly and plainly from the rows of a publication.

It must not import the engine, nor be optimised: the standard library, the plan's parameters, and rows read as they stand.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from marking_plan.records import Accompagnement

KNOWN = ("valeur", "presume")
PLACES = {"region": "code_region", "academie": "code_academie", "departement": "code_departement", "uai": "uai"} | {
    "circonscription": "code_circonscription", "commune": "code_commune", "regroupement": "regroupement"
}  # fmt: skip


class Case(NamedTuple):
    """A weekly total cell."""

    etat: str
    visites: int | None
    provisoire: bool


class Constat(NamedTuple):
    """A row of `ecoles_a_accompagner`, in the order of its columns."""

    debut: date
    uai: str
    cause: str
    niveau: str
    territoire: str
    profils: str | None
    valeur: float
    reference: float | None
    visites_perdues: float | None
    depuis: date | None
    semaines: int


@dataclass(frozen=True)
class Publie:
    """What a reader of the file sees. `ecoles`: (annee_scolaire, uai) -> row; `perimetre`: days expected and received."""

    jours: list[tuple[date, date, str, int | None, bool]]
    ecoles: dict[tuple[str, str], dict[str, object]]
    cases: dict[tuple[date, str, str, str], Case]
    perimetre: dict[tuple[date, str, str], tuple[int, int]]
    paires: dict[date, tuple[date | None, int, int | None]]
    dernier_jour: date | None


def read_publie(rows: Callable[[str], list[tuple[object, ...]]]) -> Publie:
    """Rows of a published file, as `rows` gives them for a query."""
    names = ["annee_scolaire", "rattachement", "ouverte_le", *PLACES.values()]
    ecoles = [dict(zip(names, row, strict=True)) for row in rows(f"select {', '.join(names)} from ecoles")]  # noqa: S608
    cases = rows(
        "select debut, niveau, territoire, profil, etat, visites, provisoire from frequentation_semaine where coupe = 'total'"
    )
    perimetre = rows(
        "select debut, niveau, territoire, jours_attendus, jours_recus from perimetre where periode = 'semaine'"
    )
    paires = rows(
        "select debut, debut_precedent, jours_ecole, jours_ecole_precedents from semaines_comparables "
        "where periode_scolaire is not null"
    )
    return Publie(
        rows("select jour, semaine, annee_scolaire, periode_scolaire, jour_ecole from calendrier order by jour"),  # type: ignore[arg-type]
        {(str(e["annee_scolaire"]), str(e["uai"])): e for e in ecoles},
        {row[:4]: Case(*row[4:]) for row in cases},  # type: ignore[misc,arg-type]
        {row[:3]: row[3:] for row in perimetre},  # type: ignore[misc]
        {row[0]: row[1:] for row in paires},  # type: ignore[misc]
        rows("select max(jour) from completude")[0][0],  # type: ignore[arg-type]
    )


class Soutien:
    """The list of schools to support of one publication, under some parameters."""

    def __init__(self, publie: Publie, seuils: Accompagnement) -> None:
        self.publie, self.seuils = publie, seuils
        self.annees = {semaine: annee for jour, semaine, annee, _, _ in publie.jours if jour == semaine}
        self.scolaires = sorted({semaine for _, semaine, _, periode, _ in publie.jours if periode is not None})

    def list_constats(self) -> set[Constat]:
        """Every cause that holds, for every school and school week."""
        return {
            constat
            for (annee, uai), ecole in self.publie.ecoles.items()
            for semaine in self.scolaires
            if self.annees[semaine] == annee and self._is_followed(uai, ecole, semaine)
            for constat in self._causes(uai, ecole, semaine)
        }

    def _rang(self, semaine: date) -> int:
        """Rank of a school week in its school year, from 1."""
        return sum(self.annees[s] == self.annees[semaine] and s <= semaine for s in self.scolaires)

    def _is_followed(self, uai: str, ecole: dict[str, object], semaine: date) -> bool:
        ouverte_le, case = ecole["ouverte_le"], self.publie.cases.get((semaine, "uai", uai, "tous"))
        if not isinstance(ouverte_le, date) or case is None or case.provisoire:
            return False
        ouvertes = [s for s in self.scolaires if s <= semaine and s + timedelta(days=6) >= ouverte_le]
        old = self._rang(semaine) > self.seuils.semaines_rentree and len(ouvertes) >= self.seuils.semaines_ouverture
        return old and self.publie.perimetre.get((semaine, "uai", uai), (0, 0))[0] > 0

    def _is_whole(self, semaine: date, niveau: str, territoire: str) -> bool:
        """A school week, closed, whose expected days all came (95 in 100 at least)."""
        case = self.publie.cases.get((semaine, niveau, territoire, "tous"))
        attendus, recus = self.publie.perimetre.get((semaine, niveau, territoire), (0, 0))
        closed = case is not None and not case.provisoire
        return semaine in self.scolaires and closed and attendus > 0 and 100 * recus >= 95 * attendus

    def _is_retained(self, semaine: date, niveau: str, territoire: str) -> bool:
        return self._is_whole(semaine, niveau, territoire) and self._rang(semaine) > self.seuils.semaines_rentree

    def _figure(self, semaine: date, niveau: str, territoire: str, profil: str) -> int | None:
        case = self.publie.cases.get((semaine, niveau, territoire, profil))
        return case.visites if case is not None and case.etat in KNOWN else None

    def _everyone(self, semaine: date, uai: str) -> tuple[str, int] | None:
        """Published visits of a school, and of which profiles."""
        tous, eleves, parents = (self._figure(semaine, "uai", uai, p) for p in ("tous", "eleve", "parents"))
        if tous is not None:
            return "tous", tous
        return None if eleves is None or parents is None else ("eleve+parents", eleves + parents)

    def _causes(self, uai: str, ecole: dict[str, object], semaine: date) -> Iterator[Constat]:
        attendus, recus = self.publie.perimetre[semaine, "uai", uai]
        if not self._is_whole(semaine, "uai", uai):
            yield Constat(semaine, uai, "donnees_manquantes", "uai", uai, None, recus, attendus, None, None, 1)
            return
        now = self._everyone(semaine, uai)
        if now is None:
            return
        past = {s: e[1] for s in self.annees if s <= semaine and (e := self._everyone(s, uai)) and e[0] == now[0]}
        kept = [s for s in sorted(past) if self._is_retained(s, "uai", uai)]
        yield from self._silence(semaine, uai, now[0], past, kept, ecole)
        yield from self._drop(semaine, uai, now[0], past, kept)
        yield from self._parents(semaine, uai, now[0], past)

    def _silence(
        self, semaine: date, uai: str, profils: str, past: dict[date, int], kept: list[date], ecole: dict[str, object]
    ) -> Iterator[Constat]:
        active = max((s for s, visites in past.items() if visites > 0), default=None)
        if active is None:
            whole = sum(self._is_whole(s, "uai", uai) for s in past)
            if whole >= self.seuils.semaines_ouverture:
                depuis = ecole["ouverte_le"]
                assert isinstance(depuis, date)
                yield Constat(semaine, uai, "jamais_demarree", "uai", uai, profils, 0, None, None, depuis, whole)
        elif len(kept) >= self.seuils.semaines_arret and active < kept[-self.seuils.semaines_arret]:
            silent = sum(s > active for s in kept)
            yield Constat(semaine, uai, "arret", "uai", uai, profils, 0, past[active], None, active, silent)

    def _drop(
        self, semaine: date, uai: str, profils: str, past: dict[date, int], kept: list[date]
    ) -> Iterator[Constat]:
        if semaine not in kept or len(kept) <= self.seuils.semaines_baisse:
            return
        days = {s: self.publie.perimetre[s, "uai", uai][0] for s in kept}
        before = sorted(Fraction(past[s], days[s]) for s in kept[-1 - self.seuils.semaines_baisse : -1])
        mediane, now = before[(len(before) - 1) // 2], Fraction(past[semaine], days[semaine])
        lost = (mediane - now) * days[semaine]
        if now < Fraction(self.seuils.part_baisse) * mediane and lost >= self.seuils.visites_perdues:
            figures = float(now), float(mediane), float(lost), None, self.seuils.semaines_baisse
            yield Constat(semaine, uai, "baisse", "uai", uai, profils, *figures)

    def _parents(self, semaine: date, uai: str, profils: str, past: dict[date, int]) -> Iterator[Constat]:
        noeud = self._parents_node(semaine, uai)
        seen = {
            s: visites
            for s in self.annees
            if s <= semaine and self._parents_node(s, uai) == noeud
            if noeud is not None and (visites := self._figure(s, *noeud, "parents")) is not None
        }
        kept = [s for s in sorted(seen) if noeud is not None and self._is_retained(s, *noeud)]
        if noeud is None or not kept or kept[-1] != semaine or len(kept) < self.seuils.semaines_parents:
            return
        depuis = kept[-self.seuils.semaines_parents]
        others = sum(visites for s, visites in past.items() if s >= depuis)
        active = max((s for s, visites in seen.items() if visites > 0), default=None)
        if depuis in past and others > 0 and (active is None or active < depuis):
            silent = sum(active is None or s > active for s in kept)
            yield Constat(semaine, uai, "parents_absents", *noeud, "parents", 0, others, None, active, silent)

    def _parents_node(self, semaine: date, uai: str) -> tuple[str, str] | None:
        ecole = self.publie.ecoles.get((self.annees[semaine], uai))
        if ecole is None:
            return None
        if ecole["regroupement"] is None or ecole["rattachement"] == "ecole_active":
            return "uai", uai
        return "regroupement", str(ecole["regroupement"])


class Comparaison(NamedTuple):
    """What a change at constant perimeter should say."""

    etat: str
    ecoles: int
    laissees: tuple[int, int, int]
    visites: int | None
    visites_precedentes: int | None
    evolution: float | None


def compare(
    publie: Publie, noeud: tuple[str, str], annee: str, profil: str, recentes: Iterable[date], avant: Iterable[date]
) -> Comparaison:
    """Visits of two sets of weeks over the schools of a node that have a figure in each; schools not open, not received, masked."""
    niveau, territoire = noeud
    spans = [list(recentes), list(avant)]
    schools = [uai for (a, uai), e in publie.ecoles.items() if a == annee and e[PLACES[niveau]] == territoire]
    kept, left = [], {"non_ouverte": 0, "non_recu": 0, "secret": 0}
    for uai in schools:
        etats = [_etat(publie, semaine, uai, profil) for span in spans for semaine in span]
        reason = next((reason for reason in left if reason in etats), None)
        if reason is None:
            kept.append(uai)
        else:
            left[reason] += 1
    laissees = left["non_ouverte"], left["non_recu"], left["secret"]
    if not kept:
        etat = "secret" if left["secret"] else "non_recu" if left["non_recu"] else "non_ouverte"
        return Comparaison(etat, 0, laissees, None, None, None)
    now, then = (sum(publie.cases[s, "uai", uai, profil].visites or 0 for uai in kept for s in span) for span in spans)
    if not then:
        return Comparaison("depart_nul", len(kept), laissees, now, then, None)
    counted = any(publie.cases[s, "uai", uai, profil].etat == "valeur" for uai in kept for s in spans[0])
    days = [sum(jour_ecole for _, semaine, _, _, jour_ecole in publie.jours if semaine in span) for span in spans]
    change = float(Fraction(now, days[0]) / Fraction(then, days[1]) - 1)
    return Comparaison("valeur" if counted else "presume", len(kept), laissees, now, then, change)


def _etat(publie: Publie, semaine: date, uai: str, profil: str) -> str:
    case = publie.cases.get((semaine, "uai", uai, profil))
    if case is not None:
        return case.etat
    tous = publie.cases.get((semaine, "uai", uai, "tous"))
    if tous is None:
        return "non_ouverte"
    return "secret" if tous.etat in KNOWN else tous.etat
