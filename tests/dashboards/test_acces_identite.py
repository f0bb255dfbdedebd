"""The guichet's headers, value by value, and the rights that come of them."""

from datetime import date
from pathlib import Path

import pytest

from dashboards.acces.configuration import Dpd
from dashboards.acces.errors import ConfigurationInvalide
from dashboards.acces.habilitations import COLONNES, Droits, grant, load_habilitations
from dashboards.acces.identite import Delegation, Identite, parse_identite
from dashboards.acces.roles import Role
from metrics.tableau import AUCUN, RIEN, TOUT, Portee

JOUR = date(2026, 11, 25)
DECIDE = Dpd(decision_directeurs=date(2026, 9, 1), decision_collectivites=date(2026, 9, 1))
RNE = "0342332A$UAJ$PU$DIR$0342332A$T1$ECOLE$151"
RESP = "0340585B$UAJ$PU$N$T1$ECOLE$151"


def identify(**entetes: str) -> Identite | None:
    named = {nom.replace("_", "-"): value for nom, value in entetes.items()}
    return parse_identite({"ct-remote-user": "mdupont", **named}, "dnma")


def delegation(appli: str = "dnma", du: str = "01/09/2026", au: str = "31/12/9999", resp: str = RESP) -> str:
    return f"{appli}|/dnma/|{du}|{au}|chef|FrEduRneResp={resp}|portail|module"


@pytest.mark.parametrize("sujet", ["", " ", "a b", "a,b", "é", "x" * 65, "-a", "../etc"])
def test_a_malformed_subject_is_nobody(sujet: str) -> None:
    assert identify(ct_remote_user=sujet) is None


def test_a_function_counts_at_its_school() -> None:
    identite = identify(fredurne=RNE, fredufonctadm="IEN1D", fredurneresp=RESP)

    assert identite is not None
    assert ("DIR", "0342332A") in identite.fonctions
    assert {("IEN1D", "0342332A"), ("IEN1D", "0340585B")} < identite.fonctions
    assert identite.responsabilites == {"0340585B"}


@pytest.mark.parametrize("nom", ["fredurne", "fredurneresp", "freduresdel"])
def test_x_stands_for_none(nom: str) -> None:
    assert identify(**{nom: "X"}) == Identite("mdupont")


@pytest.mark.parametrize(
    ("nom", "value"),
    [
        ("fredurne", "0342332A$UAJ$PU"),
        ("fredurne", "0342332B$UAJ$PU$DIR$0342332A$T1$ECOLE$151"),
        ("fredurne", "0342332A$UAJ$PU$$0342332A$T1$ECOLE$151"),
        ("fredurneresp", "0340585B"),
        ("fredurneresp", "*$UAJ$PU$N$T1$ECOLE$151"),
        ("freduresdel", "dnma|/dnma/"),
        ("freduresdel", delegation(du="2026-09-01")),
        ("freduresdel", delegation(au="32/12/2026")),
        ("freduresdel", delegation(resp="tout")),
    ],
)
def test_a_malformed_value_is_left_out_and_counted(nom: str, value: str) -> None:
    assert identify(**{nom: value}) == Identite("mdupont", malformes=1)


def test_several_values_are_parted_by_commas() -> None:
    identite = identify(fredurneresp=f"{RESP},X,0342332A$UAJ$PU$N$T1$ECOLE$151")

    assert identite is not None
    assert identite.responsabilites == {"0340585B", "0342332A"}


def test_a_delegation_is_for_this_application_alone() -> None:
    identite = identify(freduresdel=f"{delegation()},{delegation(appli='autre')}")

    assert identite is not None
    assert identite.delegations == (Delegation("0340585B", date(2026, 9, 1), date(9999, 12, 31)),)


@pytest.mark.parametrize(
    ("du", "au", "given"),
    [
        ("25/11/2026", "25/11/2026", True),
        ("26/11/2026", "31/12/9999", False),
        ("01/01/2026", "24/11/2026", False),
    ],
)
def test_a_delegation_opens_between_its_dates_alone(du: str, au: str, given: bool) -> None:
    identite = identify(freduresdel=delegation(du=du, au=au))

    assert identite is not None
    droits = grant((), identite, DECIDE, JOUR, responsabilites=True)
    assert (("uai", "0340585B") in (droits.portee.noeuds or ())) is given


def table(folder: Path, *lines: str) -> Path:
    path = folder / "habilitations.csv"
    path.write_text("\n".join((";".join(COLONNES), *lines)), "utf-8")
    return path


def rights(folder: Path, identite: Identite, *lines: str, dpd: Dpd = DECIDE) -> Droits:
    return grant(load_habilitations(table(folder, *lines)), identite, dpd, JOUR, responsabilites=False)


def test_without_a_line_there_is_no_right(tmp_path: Path) -> None:
    assert rights(tmp_path, Identite("mdupont"), "autre;;;pilote;tout;;;") == Droits((), RIEN, ())


def test_rights_of_several_lines_add_up_and_the_first_role_leads(tmp_path: Path) -> None:
    lines = (
        "mdupont;;;conseiller;circonscription;0341123X;;",
        "mdupont;;;pilote;departement;034;2026-09-01;2027-07-31",
    )

    droits = rights(tmp_path, Identite("mdupont"), *lines)

    assert droits.roles == (Role.PILOTE, Role.CONSEILLER)
    nodes = frozenset({("circonscription", "0341123X"), ("departement", "034")})
    assert droits.portee == Portee(nodes, suivi=nodes)


def test_a_collectivite_is_given_totals_alone(tmp_path: Path) -> None:
    nodes = frozenset({("commune", "34172")})
    assert rights(tmp_path, Identite("m"), "m;;;collectivite;commune;34172;;").portee == Portee(AUCUN, totaux=nodes)
    assert rights(tmp_path, Identite("m"), "m;;;collectivite;tout;;;").portee == Portee(AUCUN, totaux=None)


@pytest.mark.parametrize("role", list(Role))
def test_what_was_done_for_schools_is_for_who_looks_after_them(tmp_path: Path, role: Role) -> None:
    portee = rights(tmp_path, Identite("mdupont"), f"mdupont;;;{role};departement;034;;").portee

    assert (portee.suivi == frozenset({("departement", "034")})) is (role in (Role.PILOTE, Role.CONSEILLER))


def test_a_line_counts_between_its_dates_alone(tmp_path: Path) -> None:
    lines = ("mdupont;;;pilote;tout;;2026-11-26;", "mdupont;;;analyste;;;;2026-11-24")

    assert rights(tmp_path, Identite("mdupont"), *lines).roles == ()


def test_a_function_opens_only_at_the_uai_of_the_line(tmp_path: Path) -> None:
    line = ";IEN1D;0342332A;conseiller;tout;;;"

    assert rights(tmp_path, Identite("a", frozenset({("IEN1D", "0342332A")})), line).portee == TOUT
    assert rights(tmp_path, Identite("a", frozenset({("IEN1D", "0340585B")})), line).roles == ()


@pytest.mark.parametrize("role", [Role.DIRECTEUR, Role.COLLECTIVITE])
@pytest.mark.parametrize("decision", [None, date(2026, 11, 26)])
def test_two_roles_wait_for_the_dpd(tmp_path: Path, role: Role, decision: date | None) -> None:
    dpd = Dpd(decision_directeurs=decision, decision_collectivites=decision)

    droits = rights(tmp_path, Identite("mdupont"), f"mdupont;;;{role};uai;0342332A;;", dpd=dpd)

    assert droits == Droits((), RIEN, (role,))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("mdupont;;;pilote;tout;;", "8 colonnes"),
        ("mdupont;;;chef;tout;;;", "rôle"),
        (";;;pilote;tout;;;", "sujet"),
        ("mdupont;DIR;0342332A;pilote;tout;;;", "sujet"),
        (";DIR;;pilote;tout;;;", "sujet"),
        (";DIR;0342332B;pilote;tout;;;", "UAI"),
        ("m dupont;;;pilote;tout;;;", "identifiant"),
        ("mdupont;;;pilote;planete;1;;", "niveau"),
        ("mdupont;;;pilote;;;;", "niveau"),
        ("mdupont;;;pilote;tout;034;;", "niveau"),
        ("mdupont;;;pilote;tout;;25/11/2026;", "2026-09-01"),
        ("mdupont;;;pilote;tout;;2026-11-25;2026-11-24", "suit"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(ConfigurationInvalide, match=rf"ligne 2.*{said}"):
        load_habilitations(table(tmp_path, line))
