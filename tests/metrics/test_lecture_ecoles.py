"""What boards read of schools: children, similar schools, schools to support, peaks and months, from a real publication."""

import statistics
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from string import ascii_uppercase

import pytest

from bench.requetes import count_queries
from ingest.referentiels import load_annuaire, load_couverture, load_effectifs
from marking_plan import load_plan
from marking_plan.codes import is_uai
from marking_plan.semblables import find_semblables
from metrics.engine import Row, connect_publication, fetch_text
from metrics.errors import RequeteRefusee
from metrics.lecture import Lecteur
from metrics.publication import publish
from metrics.requete import EnfantsDe, Requete
from metrics.store import current_publication
from metrics.tableau import Enfant, Semblables, Tableau, Vue
from tests.engine import EVENT, ingest_files, write_annuaire, write_effectifs, write_events

PLACE = {"departement": "034", "academie": "11", "region": "76", "circonscription": "0341000C", "commune": "34194"}
MINIMUM = find_semblables(date(2025, 10, 6)).ecoles_minimum
ECOLES = [
    next(uai for letter in ascii_uppercase if is_uai(uai := f"034{rang:04}{letter}")) for rang in range(1, MINIMUM + 5)
]
ECOLE, ARRETEE = ECOLES[:2]
WEEKS = [date(2025, 9, 1) + timedelta(weeks=rang) for rang in range(7)] + [date(2025, 11, 3), date(2025, 11, 10)]
STOP = 5  # weeks before ARRETEE falls silent
SCHOOL_WEEKS = len(WEEKS)  # the autumn break is left out of them
SENT, SEEN = datetime(2025, 12, 1, tzinfo=UTC), datetime(2026, 1, 15, tzinfo=UTC)


def visits(uai: str, week: date, number: int, profil: str = "ELEVE") -> list[dict[str, object]]:
    """So many people, once each, on a Monday evening."""
    return [
        {**EVENT, "uai": uai, "profil": profil, "visiteur": f"{uai}{profil}{n}", "instant": f"{week}T18:00:00+01:00"}
        for n in range(number)
    ]


def events() -> list[dict[str, object]]:
    """The nth school has 4 + n pupils a week, 1 parent; the second stops after five weeks."""
    found = []
    for rang, uai in enumerate(ECOLES):
        for number, week in enumerate(WEEKS):
            if uai != ARRETEE or number < STOP:
                found += visits(uai, week, 4 + rang) + visits(uai, week, 1, "PARENT")
    return found


def make_lake(folder: Path, ecoles: Sequence[str], politique: str) -> Path:
    """A folder with a publication whose weeks are over."""
    donnees, plan = folder / "donnees", load_plan()
    annuaire = write_annuaire(folder / "annuaire.csv", [{"uai": uai, **PLACE} for uai in ecoles])
    load_annuaire(donnees, annuaire, "2025-2026")
    counts = [
        {"uai": uai, "profil": profil, "effectif": effectif, "base": "comptes_ouverts", "constate_le": "2025-10-01"}
        for uai in ecoles
        for profil, effectif in (("ELEVE", 100), ("PARENT", 150), ("ENSEIGNANT", 6))
    ]
    load_effectifs(donnees, write_effectifs(folder / "effectifs.csv", counts), plan, None, None)
    delivered = [f"{WEEKS[0] + timedelta(days=rang)};{uai}" for rang in range(80) for uai in ecoles]
    (folder / "couverture.csv").write_text("\n".join(["jour;uai", *delivered]), "utf-8")
    load_couverture(donnees, folder / "couverture.csv")
    sent = [event for event in events() if event["uai"] in ecoles]
    ingest_files(donnees, write_events(folder / "evenements.ndjson", sent), now=SENT)
    publish(donnees, plan, politique=politique, now=SEEN)
    return donnees


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_lake(tmp_path_factory.mktemp("exact"), ECOLES, "exacte")


@pytest.fixture(scope="module")
def protege(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_lake(tmp_path_factory.mktemp("protege"), ECOLES, "groupes")


def read(donnees: Path, niveau: str, territoire: str, profil: str = "tous") -> Tableau:
    return Lecteur(donnees, load_plan()).read_tableau(Vue(niveau, territoire, WEEKS[0], WEEKS[-1], profil))


def published(donnees: Path, sql: str) -> list[Row]:
    """Rows of the publication in force."""
    with connect_publication(current_publication(donnees)) as connection:
        return fetch_text(connection, sql, {})


def children(donnees: Path, profil: str = "tous") -> dict[str, Enfant]:
    return {enfant.territoire: enfant for enfant in read(donnees, "circonscription", "0341000C", profil).enfants}


def semblables(donnees: Path, uai: str) -> Semblables:
    found = read(donnees, "uai", uai).semblables
    assert found is not None
    return found


def test_a_school_is_set_beside_the_others_and_never_beside_itself(exact: Path) -> None:
    visites, _ = semblables(exact, ECOLE).comparaisons
    others = [(5 + rang) / 100 for rang, uai in enumerate(ECOLES) if uai not in (ECOLE, ARRETEE)]
    stopped = 6 * STOP / SCHOOL_WEEKS / 100

    expected = statistics.quantiles([*others, stopped], n=4, method="inclusive")

    assert (visites.premier_quartile, visites.mediane, visites.troisieme_quartile) == pytest.approx(tuple(expected))
    assert visites.ecoles == len(ECOLES) - 1
    assert visites.valeur == pytest.approx(0.05)


def test_a_position_is_told_by_the_quartiles(exact: Path) -> None:
    middle = ECOLES[len(ECOLES) // 2]
    positions = {uai: semblables(exact, uai).comparaisons[0].position for uai in (ARRETEE, middle, ECOLES[-1])}

    assert positions[ARRETEE] == "sous"
    assert positions[middle] in {"centrale_basse", "mediane", "centrale_haute"}
    assert positions[ECOLES[-1]] == "au_dessus"


def test_a_rate_is_that_of_the_last_whole_month(exact: Path) -> None:
    taux = semblables(exact, ECOLE).comparaisons[1]

    assert (taux.indicateur, taux.profil, taux.base) == ("taux_utilisation", "eleve", "comptes_ouverts")
    assert taux.debut_taux == date(2025, 10, 1)
    assert taux.valeur == pytest.approx(0.04)


def test_under_the_minimum_nothing_is_shown_of_the_others(tmp_path: Path) -> None:
    donnees = make_lake(tmp_path, ECOLES[:MINIMUM], "exacte")

    found = semblables(donnees, ECOLE)

    assert (found.motif, found.candidates, found.comparaisons) == ("trop_peu", MINIMUM - 1, ())


def test_masked_schools_are_left_out_and_counted(protege: Path) -> None:
    hidden = published(
        protege,
        "select distinct territoire from frequentation_semaine "
        "where niveau = 'uai' and coupe = 'total' and profil = 'tous' and etat = 'secret'",
    )
    [visites, *_] = semblables(protege, ECOLE).comparaisons

    assert visites.masquees == len({uai for (uai,) in hidden} - {ECOLE})
    assert visites.ecoles + visites.masquees + visites.sans_chiffre == len(ECOLES) - 1


def test_a_child_has_the_visits_of_its_pupils_and_parents(exact: Path) -> None:
    found = children(exact)

    assert found[ECOLE].visites_eleves == 4 * len(WEEKS)
    assert found[ECOLE].visites_parents == len(WEEKS)
    assert found[ECOLE].visites == 5 * len(WEEKS)
    assert found[ECOLE].effectif == 100


def test_a_profil_that_a_child_does_not_publish_is_secret(protege: Path) -> None:
    found = children(protege, "directeur")

    assert {(enfant.etat, enfant.visites) for enfant in found.values()} == {("secret", None)}
    assert {etat for enfant in found.values() for etat in enfant.etats_semaines} == {"secret"}


def test_a_trend_is_the_last_six_school_weeks_with_their_states(exact: Path) -> None:
    found = children(exact)

    assert found[ECOLE].visites_semaines == (5,) * 6
    assert found[ARRETEE].visites_semaines == (6, 6, 0, 0, 0, 0)
    assert found[ARRETEE].etats_semaines == ("valeur",) * 6
    assert found[ARRETEE].derniere_semaine_active == WEEKS[STOP - 1]


def test_a_trend_goes_back_before_the_span(exact: Path) -> None:
    vue = Vue("circonscription", "0341000C", WEEKS[-1], WEEKS[-1])
    [ecole] = [e for e in Lecteur(exact, load_plan()).read_tableau(vue).enfants if e.territoire == ECOLE]

    assert (ecole.visites, len(ecole.visites_semaines)) == (5, 6)


def test_the_last_active_week_of_a_school_that_stopped_is_found_before_the_span(exact: Path) -> None:
    vue = Vue("circonscription", "0341000C", WEEKS[-1], WEEKS[-1])
    [arretee] = [e for e in Lecteur(exact, load_plan()).read_tableau(vue).enfants if e.territoire == ARRETEE]

    assert (arretee.visites, arretee.derniere_semaine_active) == (0, WEEKS[STOP - 1])


def test_users_of_a_child_are_its_weekly_mean_and_never_a_sum(exact: Path) -> None:
    found = children(exact)[ECOLE]
    territory = read(exact, "region", "76").enfants[0]
    weekly = published(
        exact,
        "select utilisateurs from frequentation_semaine "
        "where niveau = 'departement' and coupe = 'total' and profil = 'tous' and utilisateurs > 0",
    )

    assert found.utilisateurs_moyens == 5
    assert territory.utilisateurs_moyens == pytest.approx(
        statistics.mean(users for (users,) in weekly if isinstance(users, int))
    )


@pytest.mark.parametrize("dimension", ["periode", "territoire"])
def test_no_query_adds_users(dimension: str) -> None:
    with pytest.raises(RequeteRefusee, match="On n’additionne pas"):
        Requete(
            indicateurs=("utilisateurs",), niveau="uai", territoires=EnfantsDe("region", "76"), periode="semaine",
            du=WEEKS[0], au=WEEKS[-1], agreger=(dimension,),
        )  # fmt: skip


def test_a_school_that_stopped_is_listed_above_it_and_on_its_own_board(exact: Path) -> None:
    territory, school = read(exact, "region", "76"), read(exact, "uai", ARRETEE)

    assert (
        [e.uai for e in territory.accompagnement.ecoles] == [e.uai for e in school.accompagnement.ecoles] == [ARRETEE]
    )
    assert school.accompagnement.ecoles[0].constats[0].cause == "arret"
    assert dict(territory.accompagnement.par_cause)["arret"] == 1
    assert [enfant.ecoles_a_accompagner for enfant in territory.enfants] == [1]
    assert children(exact)[ARRETEE].causes == ("arret",)
    assert read(exact, "uai", ECOLE).accompagnement.ecoles == ()


def test_a_list_is_that_of_the_last_week_of_the_span_that_may_be_judged(exact: Path) -> None:
    lecteur = Lecteur(exact, load_plan())
    before = lecteur.read_tableau(Vue("region", "76", WEEKS[0], WEEKS[4])).accompagnement
    early = lecteur.read_tableau(Vue("region", "76", WEEKS[0], WEEKS[1])).accompagnement

    assert (before.semaine, before.ecoles) == (WEEKS[4], ())
    assert dict(before.par_cause)["baisse"] is None  # too few judged weeks before: not looked for
    assert (early.semaine, early.ecoles) == (None, ())


def test_a_commune_has_its_months_and_its_access(exact: Path) -> None:
    acces = read(exact, "commune", PLACE["commune"]).acces

    assert acces is not None
    assert [noeud.territoire for noeud, _ in acces.ecoles] == ECOLES
    assert {debit.eleves for _, debit in acces.ecoles} == {100}
    assert [mois.debut.month for mois in acces.mois] == [9, 10, 11]
    assert acces.debit is not None
    assert acces.debit.eleves == 100 * len(ECOLES)
    assert all(pic.pic_simultane == 0 for pic in acces.pics if pic.etat == "valeur")


def test_months_are_those_of_the_whole_year_whichever_is_shown(exact: Path) -> None:
    vue = Vue("commune", PLACE["commune"], date(2025, 9, 1), date(2025, 9, 30), periode="mois")
    acces = Lecteur(exact, load_plan()).read_tableau(vue).acces
    assert acces is not None
    assert [mois.debut.month for mois in acces.mois] == [9, 10, 11]


NOEUDS = [
    ("region", "76"), ("academie", "11"), ("departement", "034"), ("circonscription", "0341000C"),
    ("commune", PLACE["commune"]), ("uai", ECOLE),
]  # fmt: skip


@pytest.mark.parametrize(("niveau", "territoire"), NOEUDS, ids=[niveau for niveau, _ in NOEUDS])
@pytest.mark.parametrize("periode", ["semaine", "mois", "annee"])
@pytest.mark.parametrize("service", ["", "messagerie"])
def test_a_board_of_any_level_takes_at_most_four_queries(
    exact: Path, niveau: str, territoire: str, periode: str, service: str
) -> None:
    lecteur = Lecteur(exact, load_plan())
    spans = {
        "semaine": (WEEKS[0], WEEKS[-1]),
        "mois": (date(2025, 10, 1), date(2025, 10, 31)),
        "annee": (date(2025, 8, 1), date(2026, 7, 31)),
    }
    compteur = count_queries(lecteur)
    du, au = spans[periode]
    lecteur.read_tableau(Vue(niveau, territoire, du, au, periode=periode, service=service))

    assert 0 < compteur.requetes <= 4  # a school is the first of its similar ones: nothing of theirs is remembered yet


def test_children_of_a_month_are_those_of_the_published_month(exact: Path) -> None:
    vue = Vue("circonscription", "0341000C", date(2025, 10, 1), date(2025, 10, 31), periode="mois")
    found = {enfant.territoire: enfant for enfant in Lecteur(exact, load_plan()).read_tableau(vue).enfants}
    rows = published(
        exact,
        "select territoire, visites, utilisateurs from frequentation_mois "
        "where niveau = 'uai' and coupe = 'total' and profil = 'tous' and debut = '2025-10-01'",
    )

    assert {(uai, e.visites, e.utilisateurs_moyens) for uai, e in found.items()} == set(rows)
