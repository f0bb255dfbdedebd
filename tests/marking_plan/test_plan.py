"""The plan in force is whole, its codes are pinned, every known name finds its code, and a wrong file says where."""

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking_plan import load_plan
from marking_plan.codes import UAI_LETTERS, is_siren, is_siret, is_uai, uai_check_letter
from marking_plan.errors import PlanInvalide
from marking_plan.schema import load_tables
from marking_plan.semaines import annee_scolaire, bounds, monday

DAY = date(2025, 10, 6)
SERVICES = [
    "accueil",
    "actualites",
    "cahier_textes",
    "cahier_liaison",
    "courrier_electronique",
    "messagerie_instantanee",
    "visioconference",
    "stockage_partage",
    "production_collaborative",
    "documentation_cdi",
    "parcours_pedagogique",
    "reservation_salles_materiels",
    "service_collectivite",
    "services_vie_scolaire",
    "gestion_temps",
    "absences",
    "gestion_competences",
    "notes",
    "manuel_numerique",
    "ressource_multimedia",
    "ressource_orientation",
    "ressource_production",
    "ressource_accompagnement_entrainement",
    "ressource_reference_dictionnaire",
    "ressource_documentaire",
    "page_ent",
    "hors_plan",
]
SERVICE_NAMES = {
    "Stockage_Partage": "stockage_partage", "1": "stockage_partage", "Travail_Collaboratif": "production_collaborative",
    "2": "production_collaborative", "3": "notes", "4": "absences", "5": "services_vie_scolaire",
    "6": "gestion_competences", "7": "gestion_temps", "9": "cahier_textes", "10": "courrier_electronique",
    "11": "actualites", "12": "reservation_salles_materiels", "13": "ressource_documentaire", "15": "documentation_cdi",
    "16": "ressource_orientation", "17": "parcours_pedagogique", "18": "service_collectivite", "19": "visioconference",
    "Page_ENT": "page_ent", "CAHIER_TEXTES": "cahier_textes", "timeline": "accueil", "diary": "cahier_textes",
    "conversation": "courrier_electronique", "collaborative-wall": "production_collaborative", "rbs":
    "reservation_salles_materiels", "web-conference": "visioconference", "Cahier de textes": "cahier_textes",
    "Ressources_En_Ligne": "ressource_documentaire", "Services_Collectivites": "service_collectivite",
}  # fmt: skip
PROFIL_NAMES = {
    "ELEVE": "eleve", "1": "eleve", "Student": "eleve", "ENTEleve": "eleve", "ENSEIGNANT": "enseignant", "2": "enseignant",
    "Teacher": "enseignant", "PARENT": "parent", "3": "parent", "Relative": "parent", "4": "admin_vie_scol_tech",
    "ADMIN_VIE_SCOL_TECH": "admin_vie_scol_tech", "Personnel": "admin_vie_scol_tech", "6": "autre", "AUTRE": "autre",
    "Guest": "autre", "7": "personnel_collectivite", "Élève": "eleve", "parent-elu": "parent_elu",
}  # fmt: skip


def test_codes_are_pinned() -> None:
    plan = load_plan()

    assert [s.code for s in plan.services] == SERVICES
    assert [p.code for p in plan.profils] == (
        [
            "eleve",
            "enseignant",
            "parent",
            "parent_elu",
            "directeur",
            "admin_vie_scol_tech",
            "personnel_collectivite",
            "autre",
        ]
    )
    assert [g.code for g in plan.groupes] == ["parents", "nat_admin", "personnels", "adultes", "tous"]
    assert [i.code.removeprefix("DNMA-") for i in plan.indicateurs] == (
        ["VIS", "UTI", "DUR", "DMO", "DME", "TUT", "PIC", "ACC", "INS", "OUV", "MES", "ACT"]
    )
    assert [p.code for p in plan.periodes] == ["jour", "semaine", "mois", "annee"]
    assert [t.code for t in plan.tranches] == [
        "0s",
        "moins_1min",
        "1_5min",
        "5_15min",
        "15_30min",
        "30_60min",
        "60min_plus",
    ]
    assert [m.code for m in plan.motifs] == (
        [
            "ligne_illisible",
            "champ_personnel",
            "opposition",
            "instant_absent",
            "instant_invalide",
            "instant_futur",
            "uai_invalide",
            "visiteur_absent",
            "valeur_invalide",
            "robot",
            "periode_close",
            "hors_perimetre",
        ]
    )


def test_users_are_declared_additive_over_nothing() -> None:
    plan = load_plan()
    users = plan.indicateur("utilisateurs")

    assert (users.additif_sur, users.expression_agregee, plan.additif_sur(users)) == ((), None, frozenset())


def test_a_mean_is_had_wherever_all_that_it_sums_is_additive() -> None:
    plan = load_plan()
    mean = plan.indicateur("duree_moyenne_s")

    assert (mean.additif_sur, mean.sommes) == ((), ("duree_s", "visites"))
    assert plan.additif_sur(mean) == set(plan.indicateur("visites").additif_sur)


@pytest.mark.parametrize(
    ("nom", "periode", "count"),
    [
        ("visites", "jour", 1), ("visites", "semaine", 12), ("visites", "mois", 11), ("visites", "annee", 6),
        ("utilisateurs", "semaine", 12), ("utilisateurs", "mois", 1), ("utilisateurs", "annee", 1),
        ("duree_mediane_s", "jour", 1), ("duree_mediane_s", "semaine", 1), ("duree_mediane_s", "mois", 0),
        ("pic_simultane", "semaine", 1), ("pic_simultane", "mois", 0),
    ],
)  # fmt: skip
def test_an_indicator_exists_in_the_cuts_declared_for_the_period(nom: str, periode: str, count: int) -> None:
    plan = load_plan()

    assert len(plan.coupes_of(plan.indicateur(nom), periode)) == count


def test_modalities_of_every_cut_are_a_closed_list() -> None:
    plan = load_plan()

    assert all(plan.modalites(coupe.code) for coupe in plan.coupes)
    assert (plan.modalites("heure")[8], plan.modalites("creneau")[-1]) == ("08", "7-23")
    assert plan.modalites("duree") == tuple(t.code for t in plan.tranches)


def test_comments_of_measures_say_period_definition_and_additivity() -> None:
    tables, plan = load_tables("publication.toml"), load_plan()
    users = tables["frequentation_mois"].colonnes["utilisateurs"].commentaire
    median = tables["frequentation_annee"].colonnes["duree_mediane_s"].commentaire

    assert users.startswith(
        "Utilisateurs par mois, en personnes, pour la coupe total seule, NULL ailleurs et sans valeur. "
    )
    assert plan.indicateur("utilisateurs").definition in users
    assert users.endswith("Ne s’additionne jamais\u00a0: une même personne y compterait plusieurs fois.")
    assert median == "Durée médiane\u00a0: NULL, l’indicateur n’existe que par jour et semaine"


def test_every_measure_of_a_count_takes_its_comment_from_the_plan() -> None:
    plan = load_plan()
    noms = {i.nom for i in plan.indicateurs if i.table == "frequentation" and i.expression_publiee is None}
    tables = {name: t for name, t in load_tables("publication.toml").items() if name.startswith("frequentation_")}

    assert [{c for c, column in t.colonnes.items() if column.indicateur} for t in tables.values()] == [noms] * 4


@pytest.mark.parametrize(("name", "code"), SERVICE_NAMES.items())
def test_a_known_service_name_finds_its_code(name: str, code: str) -> None:
    assert load_plan().find_service(name, DAY) == code


@pytest.mark.parametrize(("name", "code"), PROFIL_NAMES.items())
def test_a_known_profil_name_finds_its_code(name: str, code: str) -> None:
    assert load_plan().find_profil(name, DAY) == code


def test_unused_ids_and_unknown_names_find_nothing() -> None:
    assert [load_plan().find_service(name, DAY) for name in ("8", "14", "", "XYZ")] == [None] * 4


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the packaged plan with one text replaced."""
    for item in resources.files("marking_plan").iterdir():
        if item.name.endswith(".toml"):
            shutil.copy(str(item), folder / item.name)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("services.toml", 'famille = "utilitaires"', 'famille = "divers"', "« accueil », champ « famille »"),
        ("services.toml", 'code = "actualites"', 'code = "accueil"', "« accueil », champ « code »"),
        ("services.toml", 'nom = "diary"', 'nom = "news"', "« news », champ « aliases »"),
        ("services.toml", 'nom = "news"', 'nom = "news", depuis = 2025-09-01, jusqu_a = 2025-08-01', "précède"),
        ("services.toml", 'libelle = "Notes"', "libelle = 3", "« notes », champ « libelle »"),
        ("profils.toml", '["parent", "parent_elu"]', '["parent", "tuteur"]', "tuteur"),
        ("tranches.toml", "min_s = 60,", "min_s = 61,", "« 1_5min », champ « min_s »"),
        (
            "indicateurs.toml",
            'periodes = ["semaine", "mois", "annee"]\ncoupes',
            'periodes = ["trimestre"]\ncoupes',
            "« DNMA-TUT », champ « periodes »",
        ),
        (
            "indicateurs.toml",
            'periodes = ["semaine", "mois"]',
            'periodes = ["trimestre"]',
            "« systeme », champ « periodes »",
        ),
        ("indicateurs.toml", '{ mois = ["total"]', '{ mois = ["couleur"]', "« DNMA-UTI », champ « coupes.mois »"),
        (
            "indicateurs.toml",
            'semaine = ["total"] }\nniveaux',
            'mois = ["total"] }\nniveaux',
            "« DNMA-PIC », champ « coupes »",
        ),
        ("indicateurs.toml", '["uai", "commune"]', '["uai", "canton"]', "« DNMA-PIC », champ « niveaux »"),
        ("indicateurs.toml", '"profil", "appareil"', '"profil", "service"', "« DNMA-VIS », champ « additif_sur »"),
        (
            "indicateurs.toml",
            "sum(duree_s) / nullif",
            "sum(utilisateurs) / nullif",
            "« DNMA-DMO », champ « expression_agregee »",
        ),
        ("indicateurs.toml", "additif_sur = []", 'additif_sur = ["periode"]', "« DNMA-UTI », champ « additif_sur »"),
        ("indicateurs.toml", "non_additif =", "# non_additif =", "« DNMA-UTI », champ « non_additif »"),
        ("moments.toml", "18:00:00", "06:00:00", "« soirees », champ « fin »"),
        ("moments.toml", "{ debut", "{ depuis = 2025-08-01, debut", "« soirees », champ « depuis »"),
        ("indicateurs.toml", 'nom = "duree_s"', 'nom = "visites"', "« DNMA-VIS », champ « nom »"),
        ("pilotage.toml", "semaines_arret = 3", "semaines_arret = 0", "« accompagnement », champ « semaines_arret »"),
        ("pilotage.toml", "{semaines_arret}", "{semaines}", "le seuil 'semaines' n’existe pas"),
    ],
)
def test_a_wrong_file_names_file_record_and_field(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    with pytest.raises(PlanInvalide) as raised:
        load_plan(edited(tmp_path, file, old, new))

    assert file in str(raised.value)
    assert said in str(raised.value)


def test_the_definition_of_the_evening_says_its_hours_and_their_dates(tmp_path: Path) -> None:
    later = edited(
        tmp_path,
        "moments.toml",
        "07:00:00 }]",
        "07:00:00 }, { depuis = 2027-08-01, debut = 18:30:00, fin = 06:00:00 }]",
    )
    [soir], [change] = (
        [m.definition for m in plan.moments if m.code == "soir"] for plan in (load_plan(), load_plan(later))
    )

    assert "la nuit : de 18\u00a0h à 7\u00a0h, vacances" in soir
    assert "de 18\u00a0h à 7\u00a0h, puis de 18\u00a0h30 à 6\u00a0h depuis le 01/08/2027" in change


def test_an_alias_holds_on_its_days_only(tmp_path: Path) -> None:
    plan = load_plan(edited(tmp_path, "services.toml", 'nom = "diary"', 'nom = "diary", jusqu_a = 2025-08-31'))

    assert [plan.find_service("diary", date(2025, 8, 31)), plan.find_service("diary", date(2025, 9, 1))] == [
        "cahier_textes",
        None,
    ]


@pytest.mark.parametrize(
    ("code", "valid"),
    [("0340585B", True), ("0342332A", True), ("0010024W", True), ("0220158C", True), ("0450822X", False), ("034058B", False), ("０340585B", False)],
)  # fmt: skip
def test_uai_check_letters(code: str, valid: bool) -> None:
    assert is_uai(code) is valid


@given(st.integers(0, 9_999_999), st.sampled_from(UAI_LETTERS))
def test_exactly_one_letter_fits_seven_digits(number: int, letter: str) -> None:
    digits = f"{number:07}"

    assert is_uai(digits + letter) == (letter == uai_check_letter(digits))


@given(st.integers(0, 10**8 - 1), st.integers(0, 9), st.integers(1, 9))
def test_luhn_catches_any_wrong_digit(number: int, position: int, shift: int) -> None:
    siren = next(code for n in range(10) if is_siren(code := f"{number:08}{n}"))
    place = position % 9
    wrong = siren[:place] + str((int(siren[place]) + shift) % 10) + siren[place + 1 :]

    assert not is_siren(wrong)
    assert sum(is_siret(f"{siren}0000{n}") for n in range(10)) == 1


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_day_lies_in_its_week_and_school_year(day: date) -> None:
    first, last = bounds(annee_scolaire(day))

    assert first <= day <= last
    assert 0 <= (day - monday(day)).days <= 6
