"""The figures of design 3 by day, week, month and school year, recomputed slowly and plainly from a vendor's own events.

It must not import the engine, nor be optimised: only the standard library and the plan's names (aliases, families, groups).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from marking_plan import load_plan
from tests.oracle_moments import Horaires, Semaine, moment

PARIS = ZoneInfo("Europe/Paris")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PAUSE = timedelta(minutes=30)
COUPES_ANNEE = ("total", "service", "famille", "appareil", "moment", "duree")
SUPERIEURS = (
    "region",
    "academie",
    "departement",
    "circonscription",
    "commune",
)  # unknown schools are in no regroupement
TRANCHES_S = {
    "60min_plus": 3600,
    "30_60min": 1800,
    "15_30min": 900,
    "5_15min": 300,
    "1_5min": 60,
    "moins_1min": 1,
    "0s": 0,
}
AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0": (
        "ordinateur",
        "windows",
        "firefox",
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1": ("smartphone", "ios", "safari"),
}

Natif = Mapping[str, object]  # one line of a vendor's file
Placement = Mapping[str, Mapping[str, str]]  # uai -> niveau -> territoire; a school outside it is unknown


class Cle(NamedTuple):
    """What a row of `frequentation_<periode>` is about."""

    periode: str
    debut: date
    niveau: str
    territoire: str
    profil: str
    coupe: str
    modalite: str


class Mesures(NamedTuple):
    """What that row measures; the median is for the cut `total` of days and weeks alone,
    and the users of months and years for the cut `total` alone."""

    visites: int
    utilisateurs: int | None
    duree_s: int
    duree_mediane_s: int | None


class Evenement(NamedTuple):
    """One event in the plan's codes; its first seven fields are the order that settles ties."""

    instant: datetime
    profil: str
    service: str
    appareil: str
    systeme: str
    navigateur: str
    type: str
    uai: str
    visiteur: str
    id: str


class Visite(NamedTuple):
    """The events of one visit, in order."""

    evenements: tuple[Evenement, ...]

    @property
    def premier(self) -> Evenement:
        """The event that gives the visit its day, hour, device, system and browser."""
        return self.evenements[0]

    @property
    def duree_s(self) -> int:
        """Whole seconds really elapsed between the first and the last event."""
        return (self.evenements[-1].instant - self.premier.instant) // timedelta(seconds=1)


def measure(
    natifs: Iterable[Natif], placement: Placement, horaires: Horaires = MappingProxyType({})
) -> dict[Cle, Mesures]:
    """Every row with at least one visit or, by month and year, one person seen: all levels, profiles, groups and cuts."""
    evenements = [read_event(natif) for natif in natifs]
    vues: dict[Cle, set[str]] = defaultdict(set)
    for e in evenements:
        for cle in seen_keys(e, placement):
            vues[cle].add(e.visiteur)
    cellules: dict[Cle, list[Visite]] = defaultdict(list)
    for visite in form_visits(drop_repeats(evenements)):
        for cle in keys(visite, placement, horaires):
            cellules[cle].append(visite)
    for cle, visites in list(cellules.items()):
        if cle.periode == "semaine" and cle.coupe == "total":
            cellules.update(_by_regularity(cle, visites))
    return {cle: _mesures(cle, cellules[cle], vues.get(cle, set())) for cle in {**cellules, **vues}}


def read_event(natif: Natif) -> Evenement:
    """Translate one native line into the plan's codes, with the defaults of design 5."""
    plan, instant = load_plan(), _instant(natif["instant"])
    jour = instant.astimezone(PARIS).date()
    profil = plan.find_profil(str(natif["profil"]), jour) if natif.get("profil") else "autre"
    service = plan.find_service(str(natif["service"]), jour) if natif.get("service") else "page_ent"
    appareil = str(natif.get("appareil") or "non_renseigne"), "non_renseigne", "non_renseigne"
    return Evenement(
        instant,
        profil or "autre",
        service or "hors_plan",
        *(AGENTS[str(natif["agent"])] if natif.get("agent") else appareil),
        str(natif.get("type") or "non_renseigne").lower(),
        str(natif["uai"]),
        str(natif["visiteur"]),
        str(natif.get("id") or ""),
    )


def _instant(brut: object) -> datetime:
    if isinstance(brut, int):
        return EPOCH + timedelta(milliseconds=brut)
    instant = datetime.fromisoformat(str(brut)).astimezone(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def drop_repeats(evenements: Iterable[Evenement]) -> list[Evenement]:
    """One event for each (week, visiteur, uai, id), or (visiteur, uai, service, instant) without id: the smallest."""
    gardes: dict[tuple[object, ...], Evenement] = {}
    for e in sorted(evenements):
        repere = (_semaine(e), "id", e.id) if e.id else (e.service, e.instant)
        gardes.setdefault((e.visiteur, e.uai, *repere), e)
    return list(gardes.values())


def form_visits(evenements: Iterable[Evenement]) -> Iterator[Visite]:
    """Cut the events of a visitor in one school and profile at each Monday and at each pause of 30 minutes."""

    def personne(e: Evenement) -> tuple[date, str, str, str]:
        return _semaine(e), e.visiteur, e.uai, e.profil

    for _, groupe in groupby(sorted(evenements, key=lambda e: (personne(e), e)), key=personne):
        suite = list(groupe)
        coupures = [i for i, (a, b) in enumerate(pairwise(suite), start=1) if b.instant - a.instant >= PAUSE]
        for debut, fin in pairwise([0, *coupures, len(suite)]):
            yield Visite(tuple(suite[debut:fin]))


def _jour(e: Evenement) -> date:
    return e.instant.astimezone(PARIS).date()


def _mois(e: Evenement) -> date:
    return _jour(e).replace(day=1)


def _annee(e: Evenement) -> date:
    jour = _jour(e)
    return date(jour.year if jour.month >= 8 else jour.year - 1, 8, 1)


def _semaine(e: Evenement) -> date:
    jour = _jour(e)
    return jour - timedelta(days=jour.weekday())


def keys(visite: Visite, placement: Placement, horaires: Horaires) -> Iterator[Cle]:
    """Every row in which a visit counts, each once."""
    e = visite.premier
    for niveau, territoire, profil in _places(e, placement):
        for coupe, modalite in modalites(visite, horaires.get(e.uai)):
            yield Cle("semaine", _semaine(e), niveau, territoire, profil, coupe, modalite)
            yield Cle("mois", _mois(e), niveau, territoire, profil, coupe, modalite)
            if coupe in COUPES_ANNEE:
                yield Cle("annee", _annee(e), niveau, territoire, profil, coupe, modalite)
        yield Cle("jour", _jour(e), niveau, territoire, profil, "total", "total")


def seen_keys(e: Evenement, placement: Placement) -> Iterator[Cle]:
    """Every row of a month or a year in which an event shows a person, whenever the visit began."""
    for niveau, territoire, profil in _places(e, placement):
        yield Cle("mois", _mois(e), niveau, territoire, profil, "total", "total")
        yield Cle("annee", _annee(e), niveau, territoire, profil, "total", "total")


def _places(e: Evenement, placement: Placement) -> Iterator[tuple[str, str, str]]:
    """Level, territory and profile or group in which an event lies."""
    lieux = {**placement.get(e.uai, dict.fromkeys(SUPERIEURS, "inconnu")), "uai": e.uai}
    for profil in [e.profil, *(g.code for g in load_plan().groupes if e.profil in g.profils)]:
        yield from ((niveau, territoire, profil) for niveau, territoire in lieux.items())


def modalites(visite: Visite, semaine: Semaine | None) -> set[tuple[str, str]]:
    """The modalities of a visit in each cut: several for service, famille and type, one for the others."""
    premier, local = visite.premier, visite.premier.instant.astimezone(PARIS)
    familles = {service.code: service.famille for service in load_plan().services}
    return {
        ("total", "total"),
        *(("service", e.service) for e in visite.evenements),
        *(("famille", familles[e.service]) for e in visite.evenements),
        *(("type", e.type) for e in visite.evenements),
        ("appareil", premier.appareil),
        ("systeme", premier.systeme),
        ("navigateur", premier.navigateur),
        ("heure", f"{local:%H}"),
        ("creneau", f"{local.isoweekday()}-{local:%H}"),
        ("moment", moment(local, semaine)),
        ("duree", next(code for code, min_s in TRANCHES_S.items() if visite.duree_s >= min_s)),
    }


def _by_regularity(cle: Cle, visites: Sequence[Visite]) -> dict[Cle, list[Visite]]:
    """Visits of a week in one place and profile, by how often their visitor came there: once, 2 to 4 times, 5 or more."""
    cellules: dict[Cle, list[Visite]] = defaultdict(list)
    for visite in visites:
        times = sum(autre.premier.visiteur == visite.premier.visiteur for autre in visites)
        modalite = "1" if times == 1 else "2_4" if times < 5 else "5_plus"
        cellules[cle._replace(coupe="assiduite", modalite=modalite)].append(visite)
    return cellules


def _mesures(cle: Cle, visites: Sequence[Visite], vues: set[str]) -> Mesures:
    duree_s = sum(visite.duree_s for visite in visites)
    if cle.periode in ("mois", "annee"):
        return Mesures(len(visites), len(vues) if cle.coupe == "total" else None, duree_s, None)
    durees = sorted(visite.duree_s for visite in visites)
    mediane = durees[(len(durees) - 1) // 2] if cle.coupe == "total" else None
    return Mesures(len(visites), len({visite.premier.visiteur for visite in visites}), duree_s, mediane)
