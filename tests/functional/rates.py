"""Events, schools and counts that rates are tested on, through the real lake and publication.

It must not compute anything: the oracle does.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ingest.referentiels import load_deploiement
from tests.engine import publish_events, read_rows
from tests.oracle import Natif
from tests.oracle_taux import CleTaux, Constat, Ecole, Taux, measure_rates

DOLTO, ARC_EN_CIEL, LUNEL, HORS = "0340585B", "0342332A", "0340001S", "0340002T"
HERAULT = {"region": "76", "academie": "11", "departement": "034", "circonscription": "0341000C"}
TOWN, OTHER = HERAULT | {"commune": "34194"}, HERAULT | {"commune": "34145"}
ELEMENTAIRE, MATERNELLE, PRIMAIRE = (
    Ecole(DOLTO, "elementaire", TOWN),
    Ecole(ARC_EN_CIEL, "maternelle", TOWN),
    Ecole(LUNEL, "primaire", OTHER),
)
ECOLES = (ELEMENTAIRE, MATERNELLE, PRIMAIRE)
MONDAY, OCTOBER = date(2025, 10, 6), date(2025, 10, 1)
COLUMNS = ", ".join((*CleTaux._fields, *Taux._fields))


def event(uai: str, visiteur: str, profil: str = "ELEVE", jour: date = MONDAY) -> dict[str, object]:
    """One page, in the morning of a day."""
    return {
        "instant": f"{jour}T10:00:00+02:00",
        "uai": uai,
        "visiteur": visiteur,
        "profil": profil,
        "service": "ACCUEIL",
    }


def pupils(uai: str, count: int, jour: date = MONDAY) -> list[Natif]:
    """Pages of that many pupils."""
    return [event(uai, f"{uai}-{n}", jour=jour) for n in range(count)]


def counted(uai: str, profil: str, effectif: int, base: str = "comptes_ouverts", le: date = OCTOBER) -> Constat:
    """One count; the part of the préélémentaire is unknown."""
    return Constat(uai, profil, base, le, effectif)


def published(
    folder: Path, natifs: Sequence[Natif], ecoles: Sequence[Ecole], constats: Sequence[Constat]
) -> dict[CleTaux, Taux]:
    """Rows of `taux` that come of these events, schools and counts."""
    declared = [
        f"2025-2026;{e.uai};{e.ouverte_le};{e.lieux.get('regroupement', '')};{e.rattachement}"
        for e in ecoles
        if e.ouverte_le
    ]
    if declared:
        (folder / "p.csv").write_text("\n".join(["annee_scolaire;uai;ouverte_le;regroupement;rattachement", *declared]))
        load_deploiement(folder / "donnees", folder / "p.csv")
    taught = {"maternelle": ("1", "0"), "elementaire": ("0", "1"), "primaire": ("1", "1")}
    rows = [
        {"uai": e.uai, **e.lieux, **dict(zip(("maternelle", "elementaire"), taught[str(e.type_ecole)], strict=True))}
        for e in ecoles
    ]
    return rates(publish_events(folder, natifs, rows, [c._asdict() for c in constats]))


def rates(path: Path) -> dict[CleTaux, Taux]:
    """Rows of `taux` in a published file."""
    width = len(CleTaux._fields)
    found = read_rows(path, f"select {COLUMNS} from taux")  # noqa: S608 - the test's own names
    return {CleTaux(*row[:width]): Taux(*row[width:]) for row in found}  # type: ignore[arg-type]


def check(
    folder: Path, natifs: Sequence[Natif], constats: Sequence[Constat], ecoles: Sequence[Ecole] = ECOLES
) -> dict[CleTaux, Taux]:
    """Rows of the engine, once they are seen to be the oracle's."""
    found = published(folder, natifs, ecoles, constats)

    assert found == measure_rates(natifs, ecoles, constats)
    return found


def week(
    rows: dict[CleTaux, Taux],
    niveau: str,
    territoire: str,
    profil: str,
    base: str = "comptes_ouverts",
    debut: date = MONDAY,
) -> Taux:
    """The row of a week."""
    return rows[CleTaux("semaine", debut, niveau, territoire, profil, base)]
