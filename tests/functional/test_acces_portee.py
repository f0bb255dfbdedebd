"""Whatever is asked, under whatever right, no byte of an answer names a school or circonscription outside the scope."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner
from werkzeug.test import TestResponse

from dashboards.acces.habilitations import COLONNES
from dashboards.acces.roles import Role
from dashboards.state import PAGES_SIMPLES
from dashboards.tables import TABLES
from dashboards.tables.protection import TABLES_PROTECTION
from dashboards.tables.qualite import TABLES_QUALITE
from dnma import app
from marking_plan import load_plan
from marking_plan.audit import find_breaks
from metrics.errors import FichierReserve, MetricsUserError
from metrics.lecture import Lecteur
from metrics.lecture.edition import Edition
from metrics.tableau import AUCUN, TOUT, Portee, Vue
from tests.dashboards.acces import Porteur, configure, proxied, serve

EXEMPLES = int(os.environ.get("DNMA_PORTEES", "25"))
DEMANDES = 12  # by right drawn
DECIDE = "[dpd]\ndecision_collectivites = 2026-01-01\ndecision_directeurs = 2026-01-01\n"
INCONNU = "0999999Z"  # as long as the codes it is compared with
VUES = ("", "periode=mois", "periode=annee", "perimetre=constant", "detail=uai", "detail=commune", "service=accueil")
# Values that an address understands; a drawn one holds these or anything else.
VALEURS = {
    "du": ["2025-09-01", "2025-09-08"],
    "au": ["2025-09-08", "2026-01-05"],
    "annee": ["2025-2026", "2024-2025"],
    "periode": ["semaine", "mois", "annee"],
    "mois": ["2025-09", "2025-10"],
    "profil": ["tous", "eleve", "parents"],
    "service": ["accueil", "cahier_textes"],
    "detail": ["uai", "commune", "circonscription", "departement"],
    "perimetre": ["constant", "reel"],
    "tri": ["-visites", "accompagner"],
    "region": ["76", "93"],
    "q": ["école"],
}


@dataclass(frozen=True)
class Terrain:
    """A real publication, served to whom the table of rights lets in."""

    lecteur: Lecteur
    edition: Edition
    client: FlaskClient
    table: Path

    def person(self, role: str, noeuds: list[tuple[str, str]]) -> Porteur:
        """Somebody with one right a node."""
        lines = [f"mdupont;;;{role};{niveau};{code};;" for niveau, code in noeuds]
        self.table.write_text("\n".join((";".join(COLONNES), *lines)), "utf-8")
        return Porteur(self.client, proxied("mdupont"))

    def foreign(self, noeuds: list[tuple[str, str]]) -> set[str]:
        """Codes that this person must never read: worked out from the list of schools, not by the reader."""
        mine, codes = set[str](), set[str]()
        for uai, ecole in self.edition.ecoles.items():
            places = {(n.niveau, n.territoire) for n in ecole.lieux.values()}
            codes |= {uai, ecole.lieux["circonscription"].territoire}
            mine |= {uai} if places & set(noeuds) else set()
        outside = {e.lieux["circonscription"].territoire for uai, e in self.edition.ecoles.items() if uai not in mine}
        return codes - mine - (codes - self.edition.ecoles.keys() - outside)


@pytest.fixture(scope="module")
def terrain(tmp_path_factory: pytest.TempPathFactory) -> Terrain:
    donnees, folder = tmp_path_factory.mktemp("portee") / "d", tmp_path_factory.mktemp("config")
    options = [
        "--sans-serveur",
        "--donnees",
        str(donnees),
        "--ecoles",
        "24",
        "--semaines",
        "2",
        "--politique",
        "exacte",
    ]
    assert CliRunner().invoke(app, ["demo", *options]).exit_code == 0
    lecteur = Lecteur(donnees, load_plan())
    client = serve(lecteur, configure(folder, extra=DECIDE), donnees)
    return Terrain(lecteur, lecteur._permis(*_top(lecteur)), client, folder / "habilitations.csv")


def _top(lecteur: Lecteur) -> tuple[str, str]:
    return lecteur.racine().niveau, lecteur.racine().territoire


def _hostile(tirage: Random) -> str:
    """What an address may hold besides what it understands: words of attackers, or any letters."""
    if tirage.random() < 0.5:
        return tirage.choice(("", "%", "../..", "' or 1=1 --", "0", "e", "école", "*", "tout", "\0"))
    alphabet = tirage.choice((0x80, 0x800, 0xD800))  # up to where halves of characters begin
    return "".join(chr(tirage.randrange(alphabet)) for _ in range(tirage.randint(0, 12)))


def _draw(tirage: Random, known: Sequence[str]) -> str:
    return tirage.choice(known) if tirage.random() < 0.5 else _hostile(tirage)


def _ask(tirage: Random, terrain: Terrain) -> tuple[str, str, set[str]]:
    """Kind of request, its address, and what it says itself (which an answer may say again)."""
    codes = sorted({code for _, code in terrain.edition.noeuds})
    niveau = _draw(tirage, sorted({niveau for niveau, _ in terrain.edition.noeuds}))
    code = _draw(tirage, codes)
    kind = tirage.choice(("page", "ecole", "csv", "fichier", "csv_page", "simple", "recherche"))
    names = tirage.sample(sorted(VALEURS), tirage.randint(0, 5))
    extra = {nom: _draw(tirage, VALEURS[nom]) for nom in names}
    if kind in ("csv", "fichier"):
        paths = [f"/csv/{bloc}" for bloc in sorted(TABLES)] if kind == "csv" else ["/xlsx", "/lisez-moi", "/fichier"]
        return "get", f"{tirage.choice(paths)}?{urlencode({'niveau': niveau, 'territoire': code, **extra})}", {code}
    if kind == "csv_page":
        return "get", f"{tirage.choice(_page_files())}?{urlencode(extra)}", set()
    if kind == "recherche":
        texte = _draw(tirage, [*codes, "0", "03", "école", "a"])
        return "rappel", f"/recherche?{urlencode({'q': texte})}", {texte}
    if kind == "simple":
        return "rappel", f"/{tirage.choice(sorted(PAGES_SIMPLES))}?{urlencode(extra)}", set(extra.values())
    path = f"/ecole/{quote(code)}" if kind == "ecole" else f"/territoire/{quote(niveau)}/{quote(code)}"
    return "rappel", f"{path}?{urlencode(extra)}", {code, code.upper()}


def _page_files() -> list[str]:
    pages = (("qualite", TABLES_QUALITE), ("protection", TABLES_PROTECTION))
    return [f"/csv/{page}/{bloc}" for page, blocs in pages for bloc in blocs]


def _read(answer: TestResponse) -> str:
    """All words of an answer; those of a spreadsheet are in the files that it packs."""
    body = answer.get_data()
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def _answer(person: Porteur, how: str, address: str) -> TestResponse:
    path, _, search = address.partition("?")
    return person.get(address) if how == "get" else person.page(path, f"?{search}")


def test_no_answer_names_a_school_outside_the_scope(terrain: Terrain) -> None:
    for rang in range(EXEMPLES):
        tirage = Random(rang)  # one right that goes wrong can be drawn again alone
        noeuds = tirage.sample(sorted(terrain.edition.noeuds), tirage.randint(1, 3))
        person = terrain.person(tirage.choice(list(Role)), noeuds)
        foreign = terrain.foreign(noeuds)

        for _ in range(DEMANDES):
            how, address, said = _ask(tirage, terrain)
            answer = _answer(person, how, address)
            text = _read(answer)
            for words in said & foreign:
                text = text.replace(words, "")
            assert [code for code in foreign if code in text] == [], (rang, address)
            assert answer.status_code < 500, (rang, address)


# What a collectivité reads of a board; every other part of it is empty, those to come too.
TOTAUX = {
    "vue", "noeud", "ascendants", "publication", "synthese", "enfants", "ecole", "offre", "acces", "derniere_annee",
    "totaux_seuls",
}  # fmt: skip
TOTAUX_SYNTHESE = {"visites", "utilisateurs", "etat", "inscrites", "ouvertes", "effectif"}
TOTAUX_ENFANT = {
    "niveau", "territoire", "nom", "type_ecole", "etat", "visites", "utilisateurs_moyens", "effectif", "ecoles_ouvertes",
    "etat_eleves", "etat_parents",
}  # fmt: skip
BLOCS_TOTAUX = {"enfants", "mois", "acces", "acces_ecoles"}


def told(record: object) -> set[str]:
    """Fields of a record that hold something; a record within it does when one of its own fields does."""
    assert is_dataclass(record)
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return {name for name, value in values.items() if (told(value) if is_dataclass(value) else value)}


# Any span, profile and cut, the permitted ones half of the time; those that no page asks for too.
DEMANDEES = {
    "du": (date(2025, 9, 1), date(2025, 8, 1), date(2025, 9, 8)),
    "au": (date(2025, 9, 30), date(2026, 7, 31), date(2025, 9, 8)),
    "profil": ("tous", "tous", "tous", "eleve", "parents", "inconnu"),
    "periode": ("mois", "annee", "semaine", "jour"),
    "service": ("", "", "", "accueil"),
    "detail": ("", "uai", "commune"),
    "perimetre": ("reel", "reel", "reel", "constant"),
}


def test_a_collectivite_reads_totals_of_months_and_years_whatever_is_asked(terrain: Terrain) -> None:
    for rang in range(EXEMPLES * 5):
        _check_totals(terrain, Random(rang))


def _check_totals(terrain: Terrain, tirage: Random) -> None:
    noeuds = sorted(terrain.edition.noeuds)
    mine = tirage.choice(noeuds)
    reader = terrain.lecteur.restrict(Portee(AUCUN, totaux=frozenset({mine})), lambda _niveau, _code: None)
    niveau, code = mine if tirage.random() < 0.5 else tirage.choice(noeuds)
    drawn: dict[str, Any] = {nom: tirage.choice(values) for nom, values in DEMANDEES.items()}
    vue = Vue(niveau=niveau, territoire=code, **drawn)
    total = vue.periode in ("mois", "annee") and (vue.profil, vue.service, vue.perimetre) == ("tous", "", "reel")
    try:
        tableau = reader.read_tableau(vue)
    except MetricsUserError:
        assert not total or (vue.niveau, vue.territoire) != mine
        return

    assert total
    assert told(tableau) <= TOTAUX
    assert told(tableau.synthese) <= TOTAUX_SYNTHESE
    assert set().union(*(told(enfant) for enfant in tableau.enfants)) <= TOTAUX_ENFANT
    assert tableau.acces is None or told(tableau.acces) <= {"mois", "debit", "ecoles"}
    assert tableau.ecole is None or not tableau.ecole.effectifs
    assert {profil.code for annee in tableau.offre.annees for profil in annee.profils} <= {"tous"}


@pytest.mark.parametrize("niveau", ["commune", "uai"])
def test_files_of_a_collectivite_hold_totals_alone(terrain: Terrain, niveau: str) -> None:
    mine = next(key for key in sorted(terrain.edition.noeuds) if key[0] == niveau)
    person = terrain.person(Role.COLLECTIVITE, [mine])
    fields_of = f"niveau={niveau}&territoire={mine[1]}"

    for vue in VUES:
        answers = {bloc: person.get(f"/csv/{bloc}?{fields_of}&{vue}") for bloc in TABLES}
        rows = {
            bloc: list(csv.reader(io.StringIO(_read(answer)), delimiter=";"))[1:] for bloc, answer in answers.items()
        }
        assert {bloc for bloc, lines in rows.items() if lines} <= BLOCS_TOTAUX, vue
        assert rows["mois"], vue
    assert person.get("/fichier").status_code == 403
    assert "Territoire introuvable" in _read(person.page("/qualite"))


def test_a_page_of_a_collectivite_says_what_it_is_and_where_the_convention_is(terrain: Terrain) -> None:
    mine = next(key for key in sorted(terrain.edition.noeuds) if key[0] == "commune")
    page = _read(terrain.person(Role.COLLECTIVITE, [mine]).page("/"))

    assert "une collectivité n’a pas le détail par semaine" in page
    assert "La liste des payeurs, leurs écoles et le coût de la convention" in page
    assert "Accès suggéré" in page or "Aucun accès n’est suggéré" in page
    assert "Semaine après semaine" not in page


def test_who_is_adviser_of_a_part_reads_that_part_whole_and_the_rest_by_totals(terrain: Terrain) -> None:
    commune, uais = next(
        (key, uais)
        for key in sorted(terrain.edition.noeuds)
        if key[0] == "commune"
        and len(uais := [u for u, e in terrain.edition.ecoles.items() if e.lieux["commune"].territoire == key[1]]) > 1
    )
    portee = Portee(frozenset({("uai", uais[0])}), totaux=frozenset({commune}))
    reader = terrain.lecteur.restrict(portee, lambda _niveau, _code: None)

    seuls = {
        node: reader.read_tableau(reader.default_vue(*node)).totaux_seuls
        for node in (commune, ("uai", uais[0]), ("uai", uais[1]))
    }

    assert list(seuls.values()) == [True, False, True]


def test_each_board_and_file_of_an_adviser_holds_their_schools_alone(terrain: Terrain) -> None:
    mine = next(key for key in sorted(terrain.edition.noeuds) if key[0] == "circonscription")
    person, foreign = terrain.person(Role.CONSEILLER, [mine]), terrain.foreign([mine])
    schools = [uai for uai, e in terrain.edition.ecoles.items() if e.lieux["circonscription"].territoire == mine[1]]

    texts = [
        person.page("/").get_data(as_text=True),
        *(person.page(f"/ecole/{uai}").get_data(as_text=True) for uai in schools),
    ]
    for bloc in TABLES:
        for niveau, code in [mine, *(("uai", uai) for uai in schools)]:
            answer = person.get(f"/csv/{bloc}?niveau={niveau}&territoire={code}")
            assert answer.status_code == 200
            texts.append(answer.get_data(as_text=True))

    assert [code for code in foreign if any(code in text for text in texts)] == []
    assert all(uai in texts[0] for uai in schools)


@pytest.mark.parametrize("niveau", ["circonscription", "commune", "departement"])
def test_each_view_and_file_of_a_territory_holds_its_schools_alone(terrain: Terrain, niveau: str) -> None:
    mine = next(key for key in sorted(terrain.edition.noeuds) if key[0] == niveau)
    person, foreign = terrain.person(Role.COLLECTIVITE, [mine]), terrain.foreign([mine])
    schools = [uai for uai, e in terrain.edition.ecoles.items() if e.lieux[niveau].territoire == mine[1]]

    for vue in VUES:
        for chemin, node in ((f"/territoire/{niveau}/{mine[1]}", mine), (f"/ecole/{schools[0]}", ("uai", schools[0]))):
            fields = f"niveau={node[0]}&territoire={node[1]}&{vue}"
            answers = [person.page(chemin, f"?{vue}"), *(person.get(f"{f}?{fields}") for f in ("/xlsx", "/lisez-moi"))]
            assert [answer.status_code for answer in answers] == [200, 200, 200]
            texts = [_read(answer) for answer in answers]
            assert [code for code in foreign if any(code in text for text in texts)] == [], (chemin, vue)
            assert node[1] in texts[0]
            assert node[1] in texts[1]


def test_pages_about_the_whole_publication_name_nobody_to_whom_reads_a_part(terrain: Terrain) -> None:
    mine = next(key for key in sorted(terrain.edition.noeuds) if key[0] == "circonscription")
    person, foreign = terrain.person(Role.CONSEILLER, [mine]), terrain.foreign([mine])
    names = {noeud.nom for (niveau, _), noeud in terrain.edition.noeuds.items() if niveau != "region"}

    answers = {path: person.get(path) for path in _page_files()}
    cells = {
        cell for path, answer in answers.items() if path.startswith("/csv/protection/")
        for line in csv.reader(io.StringIO(_read(answer)), delimiter=";") for cell in line
    }  # fmt: skip

    assert [path for path, answer in answers.items() if answer.status_code != 200] == [
        path for path in answers if path.startswith("/csv/qualite/")
    ]
    texts = [*map(_read, answers.values()), _read(person.page("/qualite")), _read(person.page("/protection"))]
    assert [code for code in foreign if any(code in text for text in texts)] == []
    assert "Territoire introuvable" in texts[-2]
    assert cells & (names | {code for _, code in terrain.edition.noeuds if len(code) > 3}) == set()


def test_the_published_file_is_for_who_reads_everything(terrain: Terrain) -> None:
    whole = terrain.person(Role.ANALYSTE, [("tout", "")]).get("/fichier", buffered=True)
    refused = [
        terrain.person(role, [node]).get("/fichier")
        for role, node in (
            (Role.ANALYSTE, _top(terrain.lecteur)),
            (Role.PILOTE, _top(terrain.lecteur)),
            (Role.DPD, ("tout", "")),
            (Role.DPD, ("", "")),
            (Role.ANALYSTE, ("", "")),
        )
    ]

    assert (whole.status_code, whole.get_data() == terrain.edition.path.read_bytes()) == (200, True)
    assert [answer.status_code for answer in refused] == [403] * len(refused)
    assert all("pas accès au fichier entier" in _read(answer) for answer in refused)
    lines = (terrain.edition.path.parents[1] / "audit.jsonl").read_bytes().splitlines()
    taken = [json.loads(line) for line in lines if b'"/fichier"' in line]
    assert [line["octets"] for line in taken] == [terrain.edition.path.stat().st_size]


def test_a_reader_of_a_part_cannot_reach_the_file_whatever_the_routes_do(terrain: Terrain) -> None:
    restricted = terrain.lecteur.restrict(Portee(frozenset({_top(terrain.lecteur)})), lambda _niveau, _code: None)

    with pytest.raises(FichierReserve, match="réservé à qui les lit tous"):
        restricted.fichier()
    assert terrain.lecteur.restrict(TOUT, lambda _niveau, _code: None).fichier() == terrain.edition.path


@pytest.mark.parametrize("path", ["/ecole/{}", "/territoire/circonscription/{}"])
def test_a_forbidden_node_answers_as_one_that_does_not_exist(terrain: Terrain, path: str) -> None:
    mine = next(key for key in sorted(terrain.edition.noeuds) if key[0] == "circonscription")
    person = terrain.person(Role.CONSEILLER, [mine])

    for code in terrain.foreign([mine]):
        forbidden = person.page(path.format(code)).get_data(as_text=True).replace(code, INCONNU)
        assert forbidden == person.page(path.format(INCONNU)).get_data(as_text=True)
        asked = person.get(f"/csv/serie?niveau=uai&territoire={code}")
        unknown = person.get(f"/csv/serie?niveau=uai&territoire={INCONNU}")
        assert (asked.status_code, asked.get_data(as_text=True).replace(code, INCONNU)) == (
            unknown.status_code,
            unknown.get_data(as_text=True),
        )


def test_each_role_begins_where_it_works(terrain: Terrain) -> None:
    departement, circonscription = (
        next(key for key in sorted(terrain.edition.noeuds) if key[0] == niveau)
        for niveau in ("departement", "circonscription")
    )
    nom = terrain.edition.noeuds[departement].nom

    assert f'"titre":{{"data":"{nom}' in terrain.person(Role.PILOTE, [departement]).page("/").get_data(as_text=True)
    several = terrain.person(Role.PILOTE, [departement, circonscription]).page("/").get_data(as_text=True)
    assert "Vos territoires" in several
    assert all(code in several for _, code in (departement, circonscription))


@pytest.mark.parametrize(
    ("role", "node", "target", "words"),
    [
        (Role.DPD, ("", ""), "/protection", "Pour le délégué ou la déléguée à la protection des données"),
        (Role.ANALYSTE, ("tout", ""), "/aide#analyste", '"id":"analyste"'),
        (Role.ANALYSTE, ("", ""), "/aide#analyste", '"id":"analyste"'),
    ],
)
def test_a_role_that_reads_no_board_is_led_to_its_page(
    terrain: Terrain, role: Role, node: tuple[str, str], target: str, words: str
) -> None:
    person = terrain.person(role, [node])
    led = person.get("/")

    assert (led.status_code, led.headers["Location"]) == (302, target)
    assert person.get(target.partition("#")[0]).status_code == 200
    assert words in json.dumps(person.page(target.partition("#")[0]).json, ensure_ascii=False, separators=(",", ":"))


def test_refusals_are_traced_once_and_the_chain_holds(terrain: Terrain) -> None:
    mine = next(key for key in sorted(terrain.edition.noeuds) if key[0] == "uai")
    person = terrain.person(Role.DIRECTEUR, [mine])
    other = next(uai for uai in terrain.edition.ecoles if uai != mine[1])
    for _ in range(3):
        person.page(f"/ecole/{other}")

    lines = (terrain.edition.path.parents[1] / "audit.jsonl").read_bytes().splitlines()
    refused = [json.loads(line) for line in lines if b"tableaux refus" in line]
    assert refused
    assert [line["noeud"] for line in refused].count(f"uai/{other}") <= 1
    assert find_breaks(lines) == []
