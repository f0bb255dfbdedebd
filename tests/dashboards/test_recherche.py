"""Communes, circonscriptions and regroupements are a link away, from a school, a département or a search."""

from dataclasses import replace
from datetime import date

from dashboards import tables
from dashboards.pages.recherche import page_recherche
from dashboards.render import render_page
from marking_plan import MarkingPlan
from metrics.tableau import Noeud, Offre, Tableau, Taux, Trouvaille, Vue
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, HERAULT, LODEVE, PAULHAN
from tests.dashboards.test_defauts_ecoles import links_of, page_of, section_of, text_of, walk

RPI = Noeud("regroupement", "RPI-1", "RPI de la Garrigue")
ECOLE, DEPARTEMENT = f"/ecole/{ARC_EN_CIEL.territoire}", f"/territoire/departement/{HERAULT.territoire}"
PARENTS = Taux(
    "parent", date(2026, 1, 5), "au_regroupement", None, None, None, "comptes_ouverts", None, False, True, 0, 0, 0, None,
)  # fmt: skip


class LecteurRegroupement(LecteurEcoles):
    """The school lies in a regroupement, where the rate of its parents is told; a département may be shown by commune."""

    def read_tableau(self, vue: Vue) -> Tableau:
        tableau = super().read_tableau(vue)
        ecole = tableau.ecole and replace(tableau.ecole, regroupement=RPI)
        return replace(tableau, ecole=ecole, taux=(PARENTS,) if ecole else (), offre=self._offre(vue.niveau))

    def read_offre(self, niveau: str, territoire: str) -> Offre:
        super().read_offre(niveau, territoire)
        return self._offre(niveau)

    def _offre(self, niveau: str) -> Offre:
        niveaux = ("circonscription", "commune", "regroupement", "uai") if niveau == "departement" else ()
        return replace(super().read_offre("region", "76"), niveaux=niveaux)


def test_a_school_links_to_its_commune_its_circonscription_and_its_regroupement(plan: MarkingPlan) -> None:
    liens = [lien.split("?")[0] for lien in links_of(page_of(LecteurRegroupement(), plan, ECOLE))]
    for noeud in (PAULHAN, LODEVE, RPI):
        assert f"/territoire/{noeud.niveau}/{noeud.territoire}" in liens


def test_a_rate_told_at_the_regroupement_leads_there(plan: MarkingPlan) -> None:
    profils = section_of(page_of(LecteurRegroupement(), plan, ECOLE), "profils")
    assert f"/territoire/regroupement/{RPI.territoire}" in [lien.split("?")[0] for lien in links_of(profils)]


def test_a_departement_offers_its_communes_and_regroupements(plan: MarkingPlan) -> None:
    bloc = section_of(page_of(LecteurRegroupement(), plan, DEPARTEMENT), "enfants")
    liens = links_of(bloc)
    for niveau in ("commune", "regroupement", "uai"):
        assert [lien for lien in liens if f"detail={niveau}" in lien]


def test_a_level_without_any_territory_says_so(plan: MarkingPlan) -> None:
    class SansEnfant(LecteurRegroupement):
        def read_tableau(self, vue: Vue) -> Tableau:
            return replace(super().read_tableau(vue), enfants=(), carte=None)

    page = render_page(SansEnfant(), plan, DEPARTEMENT, "?detail=regroupement")
    assert "Aucun territoire de ce niveau" in text_of(section_of(list(walk(page.contenu)), "enfants"))


def test_homonymous_schools_are_told_apart_by_their_commune_in_a_search_a_table_and_its_file(plan: MarkingPlan) -> None:
    lecteur = LecteurEcoles()
    page = page_recherche("condorcet", (Trouvaille(ARC_EN_CIEL, "Paulhan"),), plan)
    assert text_of(page.contenu).count("Paulhan") == 1
    circonscription = tables.enfants(
        lecteur.read_tableau(lecteur.default_vue("circonscription", LODEVE.territoire)), plan
    )
    rang = [colonne.titre for colonne in circonscription.colonnes].index("Commune")
    assert {ligne.cellules[rang] for ligne in circonscription.lignes} == {"Paulhan"}
    commune = tables.enfants(lecteur.read_tableau(lecteur.default_vue("commune", PAULHAN.territoire)), plan)
    assert "Commune" not in [colonne.titre for colonne in commune.colonnes]


def test_a_search_says_the_level_and_place_of_each_territory(plan: MarkingPlan) -> None:
    page = page_recherche("paulhan", (Trouvaille(PAULHAN, "Hérault"), Trouvaille(ARC_EN_CIEL, "Paulhan")), plan)
    assert "Commune, Hérault" in text_of(page.contenu)
    assert "1\u00a0territoire trouvé, 1\u00a0école trouvée." in text_of(page.contenu)
    assert {f"/territoire/commune/{PAULHAN.territoire}", ECOLE} <= set(links_of(page.contenu))
