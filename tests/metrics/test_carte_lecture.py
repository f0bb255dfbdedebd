"""Places of a map: classes that hold about as many children each, contours where known, the others counted."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from metrics.lecture.carte import CLASSES, build_carte
from metrics.lecture.geographie import Geographie
from metrics.tableau import Contour, Enfant, Noeud

CARRE = Contour((0.0, 1.0, 1.0, 0.0, None), (40.0, 40.0, 41.0, 40.0, None))
CHEMIN = (Noeud("region", "76", "Occitanie"), Noeud("departement", "034", "Hérault"))
MODELE = Enfant("uai", "", "", None, "valeur", None, None, None, None, None, (), 0, 0)


def _enfants(*visites: int | None) -> list[Enfant]:
    return [
        replace(MODELE, territoire=str(rang), nom=str(rang), visites=v, etat="secret" if v is None else "valeur")
        for rang, v in enumerate(visites)
    ]


def _places(nombre: int) -> Geographie:
    return Geographie({}, {("uai", str(rang)): (float(rang), 43.0) for rang in range(nombre)}, "IGN")


@given(st.lists(st.none() | st.integers(0, 1000), min_size=2, max_size=40))
def test_every_figure_lies_in_its_class_and_no_class_is_empty(visites: list[int | None]) -> None:
    carte = build_carte(_places(len(visites)), CHEMIN, _enfants(*visites))

    assert carte is not None
    assert len(carte.classes) <= CLASSES
    assert {lieu.classe for lieu in carte.lieux} - {None} == set(range(len(carte.classes)))
    for lieu in carte.lieux:
        if lieu.visites is None:
            assert lieu.classe is None
        else:
            assert lieu.classe is not None
            assert carte.classes[lieu.classe].minimum <= lieu.visites <= carte.classes[lieu.classe].maximum
    bornes = [borne for classe in carte.classes for borne in (classe.minimum, classe.maximum)]
    assert bornes == sorted(bornes)


def test_children_without_coordinates_are_counted() -> None:
    carte = build_carte(_places(2), CHEMIN, _enfants(1, 2, 3))

    assert carte is not None
    assert carte.sans_position == 1


def test_under_two_places_there_is_no_map() -> None:
    assert build_carte(_places(0), CHEMIN, _enfants(1, 2)) is None
    assert build_carte(_places(1), CHEMIN, _enfants(1, 2)) is None
    assert build_carte(_places(3), CHEMIN, []) is None


def test_points_lie_on_the_smallest_known_ground_and_contours_need_none() -> None:
    avec = replace(_places(2), contours={("departement", "034"): CARRE, ("region", "76"): Contour((), ())})
    points = build_carte(avec, CHEMIN, _enfants(1, 2))
    formes = build_carte(replace(avec, contours={("uai", "0"): CARRE, ("uai", "1"): CARRE}), CHEMIN, _enfants(1, 2))

    assert points is not None
    assert (points.fond, points.source) == (CARRE, "IGN")
    assert formes is not None
    assert (formes.fond, formes.lieux[0].contour) == (None, CARRE)
