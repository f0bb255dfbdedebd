"""What the quality and protection pages read is what the lake received, recounted; four queries at most; nothing hidden is told."""

import shutil
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import metrics.engine
from dnma.scellement import seal_lake
from ingest.lines.suivi import RETARD_MAX, RETARDS
from ingest.referentiels import load_annuaire, load_deploiement, load_effectifs
from marking_plan import load_plan
from marking_plan.lake import Manifest, read_manifests
from metrics.engine import Parameters, Row, connect_publication, read_sql
from metrics.lecture import Lecteur
from metrics.lecture.conservation import list_magasins
from metrics.publication import publish
from metrics.store import current_publication
from metrics.tableau.qualite import Qualite
from tests.engine import EVENT, NOW, ingest_files, write_annuaire, write_effectifs, write_events

PLAN = load_plan()
DOLTO, ARC_EN_CIEL, LUNEL = "0340585B", "0342332A", "0340001S"
PLACE = {"departement": "034", "academie": "11", "region": "76", "circonscription": "0341000C", "commune": "34194"}
ECOLES = [{"uai": uai, **PLACE} for uai in (DOLTO, ARC_EN_CIEL, LUNEL)]
WEEK, GAP, LAST = date(2025, 10, 6), date(2025, 10, 13), date(2025, 11, 3)
RECEIVED = datetime(2025, 11, 10, 12, tzinfo=UTC)


def event(jour: date, uai: str, n: int, **fields: object) -> dict[str, object]:
    return {
        **EVENT,
        "instant": f"{jour}T10:{n:02}:00+02:00",
        "uai": uai,
        "visiteur": f"v{n}",
        "plateforme": "A",
        **fields,
    }


def ask(lake: Path, query: str) -> list[Row]:
    """Rows of a query on the published file, opened as the reader does: DuckDB takes no other way at the same time."""
    with connect_publication(current_publication(lake)) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three schools of platform A: all come in the first week, one in the last, nothing in between; some lines are refused."""
    folder = tmp_path_factory.mktemp("qualite")
    donnees = folder / "donnees"
    load_annuaire(donnees, write_annuaire(folder / "a.csv", ECOLES), "2025-2026")
    rows = [f"2025-2026;{ecole['uai']};2025-09-01;2025-09-01" for ecole in ECOLES]
    (folder / "p.csv").write_text("\n".join(["annee_scolaire;uai;inscrite_le;ouverte_le", *rows]))
    load_deploiement(donnees, folder / "p.csv")
    counts = [
        {"uai": uai, "profil": profil, "effectif": n, "base": "comptes_ouverts", "constate_le": "2025-09-15"}
        for uai in (DOLTO, ARC_EN_CIEL, LUNEL)
        for profil, n in (("eleve", 120), ("parent", 200), ("enseignant", 8))
    ]
    load_effectifs(donnees, write_effectifs(folder / "f.csv", counts), PLAN, None, None)
    first = [event(WEEK, str(ecole["uai"]), n) for n, ecole in enumerate(ECOLES * 4)]
    bad = [event(WEEK, "PAS-UN-UAI", 1), event(WEEK, DOLTO, 2, nom="X"), {**event(WEEK, DOLTO, 3), "instant": None}]
    odd = [event(WEEK, DOLTO, 4, service="SERVICE_NEUF")]
    ingest_files(donnees, write_events(folder / "1.ndjson", [*first, *bad, *odd]), now=RECEIVED)
    ingest_files(donnees, write_events(folder / "2.ndjson", [event(LAST, DOLTO, 5)]), now=RECEIVED)
    publish(donnees, PLAN, politique="groupes", now=NOW)
    return donnees


@pytest.fixture(scope="module")
def lecteur(lake: Path) -> Lecteur:
    return Lecteur(lake, PLAN)


@pytest.fixture(scope="module")
def qualite(lecteur: Lecteur) -> Qualite:
    return lecteur.read_qualite()


@pytest.fixture(scope="module")
def manifests(lake: Path) -> list[Manifest]:
    return read_manifests(lake)


def test_days_of_a_week_are_those_of_the_schools_one_by_one(lake: Path, qualite: Qualite) -> None:
    query = """
        select c.semaine, q.recu, count(*) from completude q join calendrier c on c.jour = q.jour
        where q.attendu group by all
    """
    counts = {(lundi, recu): n for lundi, recu, n in ask(lake, query)}
    for week in (*qualite.region, *qualite.departements):
        said = (week.recus, week.presumes, week.manquants)
        assert said == tuple(counts.get((week.debut, recu), 0) for recu in ("oui", "presume", "non"))
        assert week.attendus == sum(said)


def test_a_week_that_nothing_reached_is_incomplete(qualite: Qualite) -> None:
    weeks = {week.debut: week for week in qualite.region}
    assert (weeks[GAP].part, weeks[GAP].complete, weeks[GAP].mesurees) == (0, False, 0)
    assert qualite.bilan.completes == sum(week.complete for week in qualite.region)


def test_a_month_tells_how_many_of_its_weeks_are_incomplete(lecteur: Lecteur) -> None:
    acces = lecteur.read_tableau(lecteur.default_vue("commune", PLACE["commune"])).acces
    assert acces is not None
    assert {mois.debut.month: mois.semaines_incompletes for mois in acces.mois} == {10: 2, 11: 1}


def test_weeks_of_holidays_expect_nothing_and_have_no_row(qualite: Qualite) -> None:
    assert date(2025, 10, 20) not in {week.debut for week in qualite.region}


def test_lines_of_every_lot_are_told_with_their_motifs(qualite: Qualite, manifests: list[Manifest]) -> None:
    refused: Counter[str] = Counter()
    for manifest in manifests:
        refused.update(manifest.refused)
    assert {d.code: d.lignes for d in qualite.refus} == dict(refused)
    assert qualite.bilan.refusees == sum(refused.values()) == 3
    assert qualite.bilan.recues == sum(m.received for m in manifests)
    assert qualite.bilan.lots == len(manifests)


def test_a_code_outside_the_plan_is_told_with_its_lines(qualite: Qualite, manifests: list[Manifest]) -> None:
    assert {d.code: d.lignes for d in qualite.hors_plan} == dict(manifests[0].inconnus) | dict(manifests[1].inconnus)
    assert sum(d.lignes for d in qualite.hors_plan) == 1


def test_deliveries_by_platform_and_week_are_those_of_the_manifests(
    qualite: Qualite, manifests: list[Manifest]
) -> None:
    kept: Counter[tuple[str | None, date | None]] = Counter()
    refused: Counter[tuple[str | None, date | None]] = Counter()
    for key, lines in (pair for manifest in manifests for pair in manifest.suivi):
        {"gardees": kept, "refus": refused}.get(key.rubrique, Counter())[key.plateforme, key.semaine] += lines
    said = {(x.plateforme, x.semaine): (x.gardees, x.refusees) for x in qualite.livraisons}
    assert said == {key: (kept[key], refused[key]) for key in kept | refused}


def test_lateness_is_counted_from_the_event_to_its_reception(qualite: Qualite) -> None:
    weeks = {x.semaine: x for x in qualite.livraisons}
    assert (weeks[WEEK].tardives, weeks[WEEK].part_rapide) == (weeks[WEEK].gardees + weeks[WEEK].refusees, 0)
    assert (weeks[LAST].tardives, weeks[LAST].en_avance) == (0, 0)


def test_names_of_lateness_are_those_that_ingestion_writes() -> None:
    sql = read_sql("lecture/qualite_livraisons")
    early, one, three, _ = (name for _, name in RETARDS)
    assert [name for name in (early, one, three, RETARD_MAX) if f"'{name}'" not in sql] == []


def test_doubts_of_the_checks_are_published(qualite: Qualite) -> None:
    assert [doute.nom for doute in qualite.doutes] == ["non_recu", "cases_devinables"]


def test_school_days_since_the_last_day_received_are_counted(lake: Path, qualite: Qualite) -> None:
    query = "select count(*) from calendrier where jour_ecole and jour between '2025-11-04' and '2026-05-31'"
    assert ask(lake, query) == [(qualite.publication.jours_sans_donnee,)]
    assert (qualite.publication.dernier_recu, qualite.publication.jours_sans_donnee > 50) == (LAST, True)


def test_weeks_of_a_silence_are_expected_until_the_publication(lake: Path, qualite: Qualite) -> None:
    [(attendus, recus)] = ask(lake, "select count(*), count(*) filter (recu <> 'non') from completude where attendu")
    assert (qualite.bilan.jours_attendus, qualite.bilan.jours_recus) == (attendus, recus)
    silence = [week for week in qualite.region if week.debut > LAST]
    assert {(week.part, week.mesurees, week.ouvertes) for week in silence} == {(0, 0, 3)}
    assert (silence[0].provisoire, silence[-1].provisoire) == (False, True)


def test_a_year_that_is_not_published_gives_the_latest(lecteur: Lecteur) -> None:
    assert lecteur.read_qualite("1999-2000").annee == "2025-2026"
    assert lecteur.read_protection("1999-2000").annee == "2025-2026"


def test_instants_are_those_of_readers_clocks(qualite: Qualite) -> None:
    assert qualite.bilan.derniere_livraison == RECEIVED
    assert qualite.bilan.derniere_livraison is not None
    assert qualite.bilan.derniere_livraison.hour == 13


@pytest.mark.parametrize(("page", "budget"), [("qualite", 4), ("protection", 3), ("lisez_moi", 1)])
def test_a_page_keeps_to_its_queries(lake: Path, monkeypatch: pytest.MonkeyPatch, page: str, budget: int) -> None:
    lecteur = Lecteur(lake, PLAN)  # one that remembers nothing yet
    lecteur.publication()
    asked: list[str] = []
    run = metrics.engine.fetch_text

    def counted(connection: object, sql: str, parameters: Parameters) -> list[Row]:
        asked.append(sql)
        return run(connection, sql, parameters)  # type: ignore[arg-type]

    monkeypatch.setattr(metrics.engine, "fetch_text", counted)
    getattr(lecteur, f"read_{page}")()
    assert len(asked) == len(set(asked)) == budget


def test_what_masks_cost_is_counted_on_published_cells(lake: Path, lecteur: Lecteur) -> None:
    query = """
        select niveau, coupe <> 'total', count(*), sum(case when etat = 'secret' then 1 else 0 end)
        from frequentation_mois where etat = 'secret' or visites > 0 group by all
    """
    counted = {row[:2]: row[2:] for row in ask(lake, query)}
    pertes = [p for p in lecteur.read_protection().pertes if p.periode == "mois"]
    assert {(p.niveau, p.detail): (p.cases, p.secretes) for p in pertes} == counted


def test_visits_that_a_level_does_not_show_are_told_against_the_region(lake: Path, lecteur: Lecteur) -> None:
    query = """
        select niveau, sum(visites) from frequentation_semaine where profil = 'tous' and coupe = 'total' group by niveau
    """
    shown = {niveau: visites for niveau, visites in ask(lake, query)}
    parts = {
        p.niveau: p.part_visites
        for p in lecteur.read_protection().pertes
        if (p.periode, p.detail) == ("semaine", False)
    }
    whole = shown["region"]
    assert isinstance(whole, int)
    for niveau in ("departement", "uai"):
        found = shown[niveau]
        assert parts.get(niveau) == (1 - found / whole if isinstance(found, int) else None)


def test_nodes_are_counted_once_by_what_they_tell_apart(lake: Path, lecteur: Lecteur) -> None:
    nodes = ask(lake, "select niveau, count(distinct territoire) from protection group by 1")
    counts: Counter[str] = Counter()
    for groupe in lecteur.read_protection().regroupements:
        counts[groupe.niveau] += groupe.noeuds
    assert dict(counts) == {niveau: n for niveau, n in nodes}


def test_cells_that_no_mask_hides_are_those_of_the_open_publication(lake: Path, lecteur: Lecteur) -> None:
    rows = ask(lake, "select periode, debut, cases from protection_reserves")
    reserves = lecteur.read_protection().reserves
    assert sorted(rows) == sorted((r.periode, r.debut, r.cases) for r in reserves)
    assert [r.periode for r in reserves] == sorted(
        (r.periode for r in reserves), key=("semaine", "mois", "annee").index
    )


def test_the_policy_is_told_with_its_thresholds(lecteur: Lecteur) -> None:
    politique = lecteur.read_protection().politique
    assert (politique.nom.partition("-")[0], politique.k) == ("groupes", 5)


def test_open_periods_are_told_until_sealing_destroys_their_keys(lake: Path, tmp_path: Path) -> None:
    donnees = tmp_path / "donnees"
    shutil.copytree(lake, donnees)
    shutil.copytree(lake.with_name("donnees.cles"), tmp_path / "donnees.cles")
    before = Lecteur(donnees, PLAN).read_protection()
    seal_lake(donnees, tmp_path / "donnees.cles", PLAN, datetime(2025, 11, 25, tzinfo=UTC))
    after = Lecteur(donnees, PLAN).read_protection()

    assert [(p.kind, p.debut) for p in before.ouvertes] == [
        ("annee", date(2025, 8, 1)), ("mois", date(2025, 10, 1)), ("mois", date(2025, 11, 1)),
        ("semaine", WEEK), ("semaine", LAST),
    ]  # fmt: skip
    assert {p.kind for p in after.ouvertes} == {"annee", "mois"}
    assert (before.scellees, after.scellees) == (0, 2)


def test_the_oldest_datum_of_each_store_is_told_with_its_limit(lake: Path, tmp_path: Path) -> None:
    stores = {m.libelle.partition(",")[0]: m for m in list_magasins(lake, date(2026, 1, 1))}
    assert stores["Événements pseudonymisés des semaines ouvertes"].plus_ancienne == WEEK
    assert stores["Registres des mois et années scolaires en cours"].plus_ancienne == date(2025, 8, 1)
    (tmp_path / "audit.jsonl").write_text('{"instant": "2025-01-15T10:00:00+00:00"}\n{"coup\n', "utf-8")
    audit = next(m for m in list_magasins(tmp_path, date(2026, 2, 1)) if m.libelle.startswith("Traces"))
    assert (audit.pieces, audit.plus_ancienne, audit.en_retard) == (1, date(2025, 1, 15), True)
