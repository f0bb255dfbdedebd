"""The rates of design 3 (taux_utilisation) recomputed slowly and plainly from events, effectifs and the directory.

It must not import the engine, nor be optimised. One school year, vendors that name no platform, no declared delivery.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from marking_plan import load_plan
from tests.oracle import PARIS, SUPERIEURS, Cle, Mesures, Natif, measure, read_event

ACCOUNTS, PUPILS = ("comptes_ouverts", "comptes_actives"), "eleves_onde"
PARENTS = ("parent", "parent_elu")
PART = 90  # per cent of the measured schools, with an effectif
HOLIDAYS = ((date(2025, 10, 18), date(2025, 11, 2)), (date(2025, 11, 11), date(2025, 11, 11)))
LAST = {"semaine": 7, "mois": 31, "annee": 366}  # days after which a period that began is surely over


class Ecole(NamedTuple):
    """A school: what it teaches, where it lies, how its ENT places a person of two schools, and its day of opening
    when the convention's list says one."""

    uai: str
    type_ecole: str | None
    lieux: Mapping[str, str]
    rattachement: str = "inconnu"
    ouverte_le: date | None = None


class Constat(NamedTuple):
    """One count of accounts or pupils."""

    uai: str
    profil: str
    base: str
    constate_le: date
    effectif: int
    dont_preelementaire: int | None = None


class CleTaux(NamedTuple):
    """What a row of `taux` is about."""

    periode: str
    debut: date
    niveau: str
    territoire: str
    profil: str
    base: str


class Taux(NamedTuple):
    """What that row says."""

    numerateur: int | None
    denominateur: int | None
    constate_le: date | None
    etat: str
    ecoles: int
    ecoles_sans_effectif: int
    ecoles_non_recues: int
    ecoles_preelementaire: int
    preelementaire_compris: int
    depasse_effectif: bool
    pour_100_eleves: bool


class Effectif(NamedTuple):
    """Denominator of one school; `nombre` None: pupils of a maternelle, who have none."""

    nombre: int | None
    constate_le: date
    compris: bool


class Suivi(NamedTuple):
    """What happened to a school in a period. `trame`: what its days in the project say of it, None without any."""

    ecole: Ecole
    ouverte: bool
    trame: str | None
    mesuree: bool
    active: bool


class Lac:
    """What all rows are computed from."""

    def __init__(self, natifs: Sequence[Natif], ecoles: Sequence[Ecole], constats: Sequence[Constat]) -> None:
        self.constats = constats
        self.vus = {(e.uai, e.instant.astimezone(PARIS).date()) for e in map(read_event, natifs)}
        known = {ecole.uai: ecole for ecole in ecoles}
        outside = {uai for uai, _ in self.vus} - set(known)
        self.ecoles = [*ecoles, *(Ecole(uai, None, dict.fromkeys(SUPERIEURS, "inconnu")) for uai in sorted(outside))]
        self.declare = any(ecole.ouverte_le for ecole in ecoles)
        self.mesures = measure(natifs, {ecole.uai: ecole.lieux for ecole in ecoles})
        lundis = [jour - timedelta(days=jour.weekday()) for _, jour in self.vus]
        self.jours = [min(lundis) + timedelta(days=n) for n in range((max(lundis) - min(lundis)).days + 7)]

    def ouverture(self, ecole: Ecole) -> date | None:
        """Day from which a school is open."""
        if self.declare:
            return ecole.ouverte_le
        return min((jour for uai, jour in self.vus if uai == ecole.uai), default=None)

    def follow(self, ecole: Ecole, jours: Sequence[date]) -> Suivi:
        """What happened to a school on these days."""
        ouverture, livres = self.ouverture(ecole), {jour for _, jour in self.vus}
        ouverts = [jour for jour in jours if ouverture is not None and jour >= ouverture]
        active = any((ecole.uai, jour) in self.vus for jour in jours)
        attendus = [jour for jour in ouverts if is_school_day(jour)]
        trame = "non_recu" if attendus else None
        if any(jour in livres for jour in attendus):
            trame = "presume"
        if any((ecole.uai, jour) in self.vus for jour in ouverts):
            trame = "valeur"
        return Suivi(ecole, bool(ouverts), trame, active or any(jour in livres for jour in ouverts), active)


def is_school_day(jour: date) -> bool:
    """Monday, Tuesday, Thursday or Friday outside the holidays of the autumn of 2025."""
    return jour.weekday() in (0, 1, 3, 4) and not any(first <= jour <= last for first, last in HOLIDAYS)


def measure_rates(natifs: Sequence[Natif], ecoles: Sequence[Ecole], constats: Sequence[Constat]) -> dict[CleTaux, Taux]:
    """Every row of `taux` when nothing is masked."""
    lac = Lac(natifs, ecoles, constats)
    rows: dict[CleTaux, Taux] = {}
    for periode, debut, jours in periods(lac.jours):
        suivis = [lac.follow(ecole, jours) for ecole in lac.ecoles]
        for niveau, territoire in nodes(lac.ecoles):
            here = [s for s in suivis if {**s.ecole.lieux, "uai": s.ecole.uai}.get(niveau) == territoire]
            for profil in profiles():
                for base in (*ACCOUNTS, PUPILS):
                    cle = CleTaux(periode, debut, niveau, territoire, profil, base)
                    etat = state(lac, cle, here)
                    if etat and has_base(lac, here, cle):
                        rows[cle] = rate(lac, cle, here, etat)
    return rows


def periods(jours: Sequence[date]) -> Iterator[tuple[str, date, list[date]]]:
    """Weeks, months and school years, with their published days."""

    def first(periode: str, jour: date) -> date:
        if periode == "semaine":
            return jour - timedelta(days=jour.weekday())
        return jour.replace(day=1) if periode == "mois" else date(jour.year if jour.month >= 8 else jour.year - 1, 8, 1)

    for periode in LAST:
        for debut in sorted({first(periode, jour) for jour in jours}):
            yield periode, debut, [jour for jour in jours if first(periode, jour) == debut]


def end(cle: CleTaux) -> date:
    """Last day of a period."""
    if cle.periode == "semaine":
        return cle.debut + timedelta(days=6)
    later = cle.debut + timedelta(days=LAST[cle.periode])
    return (later.replace(day=1) if cle.periode == "mois" else date(cle.debut.year + 1, 8, 1)) - timedelta(days=1)


def nodes(ecoles: Iterable[Ecole]) -> list[tuple[str, str]]:
    """Every node that holds a school."""
    return sorted({(n, t) for ecole in ecoles for n, t in {**ecole.lieux, "uai": ecole.uai}.items() if t})


def profiles() -> dict[str, tuple[str, ...]]:
    """Profiles and groups, with the profiles that make them up."""
    plan = load_plan()
    return {p.code: (p.code,) for p in plan.profils} | {g.code: g.profils for g in plan.groupes}


def state(lac: Lac, cle: CleTaux, here: Sequence[Suivi]) -> str | None:
    """State of the published total, or None where it has no row: outside the project, only what was counted has one."""
    if Cle(*cle[:5], "total", "total") in lac.mesures:
        return "valeur"
    if cle.periode != "semaine":
        trames = {s.trame for s in here}
        return next((etat for etat in ("valeur", "presume", "non_recu") if etat in trames), None)
    if any(s.active for s in here):
        return "valeur"
    if any(s.mesuree for s in here):
        return "presume"
    if any(s.ouverte for s in here):
        return "non_recu"
    return "non_ouverte" if any(lac.ouverture(s.ecole) for s in here) else None


def has_base(lac: Lac, here: Sequence[Suivi], cle: CleTaux) -> bool:
    """Whether a school that is open or seen in the year has an effectif of the profil in the base."""
    seen = {uai for uai, _ in lac.vus}
    concerned = [s.ecole for s in here if lac.ouverture(s.ecole) is not None or s.ecole.uai in seen]
    return any(effectif(lac, ecole, cle.profil, cle.base, cle.debut) is not None for ecole in concerned)


def effectif(lac: Lac, ecole: Ecole, profil: str, base: str, fin: date) -> Effectif | None:
    """Denominator of a school at a date, or None when nobody counted it whole."""
    if base == PUPILS and profil in ("parent", "parents"):
        pupils = find_constat(lac, ecole.uai, "eleve", base, fin)
        return pupils and Effectif(pupils.effectif, pupils.constate_le, compris=False)
    if base == PUPILS and profil != "eleve":
        return None
    members = [find_constat(lac, ecole.uai, membre, base, fin) for membre in profiles()[profil]]
    found = [constat for constat in members if constat is not None]
    if len(found) < len(members):
        return None
    pupils = next((constat for constat in found if constat.profil == "eleve"), None)
    nombre = sum(constat.effectif for constat in found)
    if pupils and ecole.type_ecole == "maternelle":
        nombre -= pupils.effectif
    elif pupils:
        nombre -= pupils.dont_preelementaire or 0
    unknown = pupils is not None and pupils.dont_preelementaire is None
    return Effectif(
        None if profil == "eleve" and ecole.type_ecole == "maternelle" else nombre,
        min(constat.constate_le for constat in found),
        compris=unknown and ecole.type_ecole not in ("maternelle", "elementaire"),
    )


def find_constat(lac: Lac, uai: str, profil: str, base: str, fin: date) -> Constat | None:
    """The last count made by a date, else the first one after."""
    counts = [c for c in lac.constats if (c.uai, c.profil, c.base) == (uai, profil, base)]
    before = [c for c in counts if c.constate_le <= fin]
    if before:
        return max(before, key=lambda c: c.constate_le)
    return min(counts, key=lambda c: c.constate_le, default=None)


def rate(lac: Lac, cle: CleTaux, here: Sequence[Suivi], etat: str) -> Taux:
    """One row of a node whose total has that state."""
    mesurees = [s.ecole for s in here if s.mesuree]
    pupils_alone, concerned = cle.profil == "eleve", [s.ecole for s in here if s.ouverte or s.active]
    owing = [e for e in mesurees if not (pupils_alone and e.type_ecole == "maternelle")]
    found = [effectif(lac, ecole, cle.profil, cle.base, end(cle)) for ecole in owing]
    counted = [e for e in found if e is not None]
    denominateur = sum(e.nombre or 0 for e in counted)
    if pupils_alone and concerned and all(e.type_ecole == "maternelle" for e in concerned):
        etat = "sans_objet"
    if cle.niveau == "uai" and set(profiles()[cle.profil]) & set(PARENTS):
        [ecole] = [s.ecole for s in here]
        if ecole.lieux.get("regroupement") and ecole.rattachement != "ecole_active":
            etat = "au_regroupement"
    if etat in ("valeur", "presume") and (not denominateur or 100 * len(counted) < PART * len(owing)):
        etat = "sans_effectif"
    given, users = etat in ("valeur", "presume"), users_of(lac.mesures, cle)
    per_pupil = cle.base == PUPILS and not pupils_alone
    young = [e for e in mesurees if e.type_ecole != "elementaire"] if "eleve" in profiles()[cle.profil] else []
    return Taux(
        users if given else None,
        denominateur if given else None,
        min((e.constate_le for e in counted), default=None),
        etat,
        len(counted),
        len(owing) - len(counted),
        len(concerned) - len(mesurees),
        len(young),
        sum(e.compris for e in counted),
        given and not per_pupil and users > denominateur,
        per_pupil,
    )


def users_of(mesures: Mapping[Cle, Mesures], cle: CleTaux) -> int:
    """Users of the period, none when nobody came."""
    found = mesures.get(Cle(*cle[:5], "total", "total"))
    return (found.utilisateurs or 0) if found else 0
