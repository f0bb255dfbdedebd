"""What can't be asked is refused by one French sentence that names both sides and says what to do."""

from datetime import date

import pytest

from metrics.errors import MetricsUserError, RequeteRefusee
from metrics.requete import EnfantsDe, Requete
from metrics.requete.existence import PUBLISHED

MONDAY, MONTH = date(2025, 10, 6), date(2025, 10, 1)
VALID = {
    "indicateurs": ("visites",), "niveau": "uai", "territoires": ("0340585B",), "periode": "semaine",
    "du": MONDAY, "au": date(2025, 10, 27),
}  # fmt: skip
BY_MONTH = {"periode": "mois", "du": MONTH, "au": date(2025, 12, 1)}


def refusal(**fields: object) -> str:
    with pytest.raises(RequeteRefusee) as raised:
        Requete(**{**VALID, **fields})  # type: ignore[arg-type]
    assert isinstance(raised.value, MetricsUserError)
    return str(raised.value).replace("\u00a0", " ").replace("\u202f", " ")


def users(**fields: object) -> str:
    return refusal(**{"indicateurs": ("utilisateurs",), **fields})


MANY = "une même personne y compterait plusieurs fois."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"agreger": ("periode",)},
            f"On n’additionne pas les utilisateurs sur les semaines : {MANY} "
            "Demandez la période « mois » ou « année scolaire ».",
        ),
        (
            {"agreger": ("territoire",)},
            f"On n’additionne pas les utilisateurs sur les écoles : {MANY} "
            "Demandez le territoire qui les réunit, de niveau « circonscription ».",
        ),
        (
            {"agreger": ("profil",), "profils": ("eleve", "parent")},
            f"On n’additionne pas les utilisateurs sur les profils : {MANY} "
            "Demandez un groupe de profils, par exemple « Tous les profils ».",
        ),
        (
            {"agreger": ("appareil",), "coupe": "appareil"},
            f"On n’additionne pas les utilisateurs sur les appareils : {MANY} Demandez la coupe « Total ».",
        ),
        (
            {"agreger": ("periode",), "periode": "annee", "du": date(2025, 8, 1), "au": date(2025, 8, 1)},
            f"On n’additionne pas les utilisateurs sur les années scolaires : {MANY} Lisez chaque année scolaire à part.",
        ),
        (
            {"agreger": ("territoire",), "niveau": "region", "territoires": ("76",)},
            f"On n’additionne pas les utilisateurs sur les régions : {MANY} Lisez chaque région à part.",
        ),
    ],
)
def test_users_are_added_over_nothing(fields: dict[str, object], sentence: str) -> None:
    assert users(**fields) == sentence


@pytest.mark.parametrize(
    ("texte", "sentence"),
    [
        (
            "sum(utilisateurs)",
            "« sum(utilisateurs) » est refusé : on n’additionne pas les utilisateurs, car une même personne y compterait "
            "plusieurs fois. Demandez « utilisateurs » à la période et au territoire voulus.",
        ),
        (
            "SUM( Utilisateurs ) / 3",
            "« SUM( Utilisateurs ) / 3 » est refusé : on n’additionne pas les utilisateurs, car une même personne y "
            "compterait plusieurs fois. Demandez « utilisateurs » à la période et au territoire voulus.",
        ),
        (
            "max(utilisateurs)",
            "« max(utilisateurs) » est un calcul, et une requête nomme des indicateurs : on ne calcule rien à partir de "
            "cases de « utilisateurs ». Demandez cet indicateur à la période et au territoire voulus.",
        ),
        (
            "sum(visites)",
            "« sum(visites) » est un calcul, et une requête nomme des indicateurs : leur calcul est dans le plan. "
            "Demandez « visites », et dites dans « agreger » sur quoi le réunir.",
        ),
        (
            "clics",
            "L’indicateur « clics » n’existe pas. Choisissez parmi : visites, utilisateurs, duree_s, duree_moyenne_s, "
            "duree_mediane_s, taux_utilisation, pic_simultane, debit_suggere_mbit_s, inscrites, ouvertes, mesurees, actives.",
        ),
    ],
)
def test_a_computation_written_as_text_is_refused(texte: str, sentence: str) -> None:
    assert refusal(indicateurs=(texte,)) == sentence


def test_a_median_is_not_had_from_medians() -> None:
    assert refusal(indicateurs=("duree_mediane_s",), agreger=("periode",)) == (
        "On n’additionne pas la durée médiane sur les semaines : la médiane d’un ensemble ne se déduit pas de celles de "
        "ses parties. Lisez chaque semaine à part."
    )


RATES = "une même personne compterait plusieurs fois parmi les utilisateurs."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"agreger": ("periode",)},
            f"On n’additionne pas le taux d’utilisation sur les semaines : {RATES} "
            "Demandez la période « mois » ou « année scolaire ».",
        ),
        (
            {"agreger": ("territoire",)},
            f"On n’additionne pas le taux d’utilisation sur les écoles : {RATES} "
            "Demandez le territoire qui les réunit, de niveau « circonscription ».",
        ),
        (
            {"agreger": ("profil",), "profils": ("eleve", "parent")},
            f"On n’additionne pas le taux d’utilisation sur les profils : {RATES} "
            "Demandez un groupe de profils, par exemple « Tous les profils ».",
        ),
        (
            {"agreger": ("base",)},
            "On ne peut pas réunir sur « base », car la requête porte sur la coupe « Total ». "
            "Choisissez parmi : periode, territoire, profil.",
        ),
    ],
)
def test_rates_are_put_together_over_nothing_nor_over_their_bases(fields: dict[str, object], sentence: str) -> None:
    assert refusal(indicateurs=("taux_utilisation",), **fields) == sentence


def test_the_same_schools_are_not_added_week_after_week() -> None:
    assert refusal(indicateurs=("visites", "ouvertes"), agreger=("periode",)) == (
        "On n’additionne pas les écoles ouvertes sur les semaines : une même école y compterait plusieurs fois. "
        "Demandez la période « mois » ou « année scolaire »."
    )


def test_modalities_that_overlap_are_not_added() -> None:
    assert refusal(coupe="service", agreger=("service",)) == (
        "On n’additionne pas les visites sur les services, qui se recouvrent : une visite compte dans chaque service dont "
        "elle a une page ou un clic. Demandez la coupe « Total »."
    )


def test_what_the_plan_does_not_declare_additive_is_not_added() -> None:
    assert refusal(coupe="assiduite", agreger=("assiduite",)) == (
        "On n’additionne pas les visites sur les tranches d’assiduité : le plan ne le déclare pas. "
        "Demandez la coupe « Total »."
    )


def test_a_dimension_that_the_query_does_not_have_is_refused() -> None:
    assert refusal(coupe="service", agreger=("appareil",)) == (
        "On ne peut pas réunir sur « appareil », car la requête porte sur la coupe « Service ». "
        "Choisissez parmi : periode, territoire, profil, service."
    )


def test_profiles_that_overlap_are_not_added() -> None:
    assert refusal(profils=("tous", "eleve"), agreger=("profil",)) == (
        "On n’additionne pas les profils « Tous les profils » et « Élève », qui se recouvrent : le profil « Élève » y "
        "compterait deux fois. Demandez l’un ou l’autre."
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"periode": "jour", "coupe": "service"},
            "La coupe « Service » n’existe pas pour la période « jour » : le plan la déclare pour « semaine », « mois » ou "
            "« année scolaire » seulement. Demandez une de ces périodes, ou la coupe « Total ».",
        ),
        (
            {**BY_MONTH, "coupe": "appareil", "indicateurs": ("utilisateurs",)},
            "Pour la période « mois » et la coupe « Appareil », le plan ne donne pas les utilisateurs. "
            "Demandez la coupe « Total », ou la période « semaine ».",
        ),
        (
            {"coupe": "appareil", "indicateurs": ("duree_mediane_s",)},
            "Pour la période « semaine » et la coupe « Appareil », le plan ne donne pas la durée médiane. "
            "Demandez la coupe « Total ».",
        ),
        (
            {**BY_MONTH, "indicateurs": ("duree_mediane_s",)},
            "Pour la période « mois », le plan ne donne pas la durée médiane. Demandez la période « jour » ou « semaine ».",
        ),
        (
            {"niveau": "departement", "indicateurs": ("pic_simultane",)},
            "Pour le niveau « département », le plan ne donne pas le pic de visites simultanées. "
            "Demandez le niveau « école » ou « commune ».",
        ),
        (
            {"indicateurs": ("inscrites",), "profils": ("eleve",)},
            "Pour le profil « Élève », le plan ne donne pas les écoles inscrites. Demandez le groupe « Tous les profils ».",
        ),
    ],
)
def test_a_figure_that_does_not_exist_is_refused_with_where_it_does(fields: dict[str, object], sentence: str) -> None:
    assert refusal(**fields) == sentence


def test_a_figure_that_is_not_published_yet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(PUBLISHED, "pics")

    assert refusal(indicateurs=("pic_simultane",)) == (
        "Le plan déclare le pic de visites simultanées, mais la publication n’en a pas encore la table « pics ». "
        "Demandez un autre indicateur."
    )


def test_figures_of_two_tables_are_two_queries() -> None:
    assert refusal(indicateurs=("visites", "ouvertes", "pic_simultane")) == (
        "Une requête lit une seule table, et vous demandez à la fois les visites (table « frequentation_semaine ») et "
        "le pic de visites simultanées (table « pics »). Faites deux requêtes."
    )


@pytest.mark.parametrize(
    ("dimension", "sentence"),
    [
        (
            "periode",
            "On n’additionne pas le pic de visites simultanées sur les semaines : les pics n’ont pas lieu au même moment. "
            "Lisez chaque semaine à part.",
        ),
        (
            "territoire",
            "On n’additionne pas le pic de visites simultanées sur les écoles : les pics n’ont pas lieu au même moment. "
            "Lisez chaque école à part.",
        ),
    ],
)
def test_peaks_are_added_over_nothing(dimension: str, sentence: str) -> None:
    assert refusal(indicateurs=("pic_simultane",), agreger=(dimension,)) == sentence


def test_peaks_know_no_profil() -> None:
    assert refusal(indicateurs=("pic_simultane",), profils=("eleve",)) == (
        "Pour le profil « Élève », le plan ne donne pas le pic de visites simultanées. "
        "Demandez le groupe « Tous les profils »."
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"niveau": "canton"},
            "Le niveau « canton » n’existe pas. Choisissez parmi : region, academie, departement, circonscription, "
            "commune, regroupement, uai.",
        ),
        (
            {"periode": "trimestre"},
            "La période « trimestre » n’existe pas. Choisissez parmi : jour, semaine, mois, annee.",
        ),
        (
            {"profils": ("maire",)},
            "Le profil « maire » n’existe pas. Choisissez parmi : eleve, enseignant, parent, parent_elu, directeur, "
            "admin_vie_scol_tech, personnel_collectivite, autre, parents, nat_admin, personnels, adultes, tous.",
        ),
        (
            {"coupe": "couleur"},
            "La coupe « couleur » n’existe pas. Choisissez parmi : total, service, famille, appareil, systeme, navigateur, "
            "heure, creneau, moment, duree, type, assiduite.",
        ),
        (
            {"coupe": "creneau", "modalites": ("8-25",)},
            "Dans la coupe « Jour et heure de début », la modalité « 8-25 » n’existe pas. "
            "Choisissez parmi : 1-00, 1-01, 1-02… jusqu’à 7-23.",
        ),
    ],
)
def test_an_unknown_code_is_refused_with_those_there_are(fields: dict[str, object], sentence: str) -> None:
    assert refusal(**fields) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"du": date(2025, 11, 3)},
            "La requête finit le 2025-10-27, avant de commencer le 2025-11-03. Échangez les deux dates.",
        ),
        (
            {"du": date(2025, 10, 7)},
            "Le 2025-10-07 n’est pas le premier jour d’une période « semaine » : celle qui le contient commence le "
            "2025-10-06. Donnez cette date.",
        ),
        (
            {**BY_MONTH, "au": date(2025, 12, 31)},
            "Le 2025-12-31 n’est pas le premier jour d’une période « mois » : celle qui le contient commence le "
            "2025-12-01. Donnez cette date.",
        ),
        (
            {"periode": "annee", "du": date(2025, 9, 1)},
            "Le 2025-09-01 n’est pas le premier jour d’une période « année scolaire » : celle qui le contient commence le "
            "2025-08-01. Donnez cette date.",
        ),
    ],
)
def test_dates_that_name_no_span_are_refused(fields: dict[str, object], sentence: str) -> None:
    assert refusal(**fields) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"niveau": "commune", "territoires": EnfantsDe("circonscription", "0341000C")},
            "Vous demandez les communes sous un territoire de niveau « circonscription », qui ne réunit en entier que : "
            "écoles. Donnez plutôt la liste des communes.",
        ),
        (
            {"niveau": "region", "territoires": EnfantsDe("uai", "0340585B")},
            "Vous demandez les régions sous un territoire de niveau « école », qui n’en réunit aucun. "
            "Donnez plutôt la liste des régions.",
        ),
    ],
)
def test_children_that_a_level_does_not_hold_whole_are_refused(fields: dict[str, object], sentence: str) -> None:
    assert refusal(**fields) == sentence


def test_a_list_that_names_nothing_or_twice_the_same_is_refused() -> None:
    assert refusal(profils=()) == (
        "La liste « profils » est vide, et une requête doit y nommer quelque chose. Complétez-la."
    )
    assert refusal(territoires=("0340585B", "0340585B")) == (
        "La liste « territoires » nomme deux fois « 0340585B », qui compterait double. Retirez-en un."
    )
