"""« Qualité des données »: may I believe the figures? Answered first, then shown block by block.

It must not draw or count: blocks in order.
"""

from dash.development.base_component import Component

from dashboards.balises import html
from dashboards.blocs import qualite as blocs
from dashboards.blocs.publication import choose_year, notes, unknown_year
from dashboards.components import key_figure, notice, select
from dashboards.formats import jour_court, nombre, pourcentage
from dashboards.pages.page import SITE, Page
from dashboards.phrases import qualite as phrases
from dashboards.state import QUALITE
from marking_plan import MarkingPlan
from metrics.tableau.qualite import BilanQualite, Qualite

MOTS = (
    (
        "Jour attendu",
        "Jour d’école d’une école ouverte\u00a0: les siens quand ses horaires sont connus, sinon lundi, mardi, jeudi et "
        "vendredi, hors vacances et jours fériés. Un jour compte une fois par école.",
    ),
    ("Jour reçu", "Des visites de l’école sont arrivées ce jour-là, ou le prestataire déclare l’avoir livré."),
    (
        "Jour présumé",
        "La plateforme de l’école a livré ce jour-là, et rien pour elle\u00a0: zéro visite est présumé. Un zéro présumé se lit "
        "«\u00a0aucune visite reçue\u00a0», jamais «\u00a0aucun usage\u00a0».",
    ),
    ("Jour manquant", "Rien n’est arrivé\u00a0: on ne sait pas s’il y a eu des visites."),
    (
        "Semaine provisoire",
        "Elle peut encore recevoir des lots, jusqu’à dix jours après sa fin\u00a0: ses chiffres peuvent changer.",
    ),
    ("Lot", "Un fichier livré par le prestataire. Le même fichier livré deux fois ne compte qu’une."),
    (
        "École silencieuse",
        "École que la plateforme citait la semaine d’avant et plus dans celle-ci. Une école fermée, des vacances et un "
        "connecteur en panne se ressemblent ici.",
    ),
)


def page_qualite(qualite: Qualite, plan: MarkingPlan, asked: str | None = None) -> Page:
    """Whole page of a school year; `asked` is the one that the address names."""
    seuil = pourcentage(qualite.bilan.seuil)
    complete = ("Semaine complète", f"{seuil} au moins des jours attendus sont reçus ou présumés.")
    contenu = [
        html.P(f"{qualite.noeud.nom}, année scolaire {qualite.annee}", className="surtitre"),
        html.H1("Qualité des données"),
        html.P([html.Strong("Puis-je croire les chiffres\u202f? "), phrases.verdict(qualite)], className="constat"),
        html.P(phrases.arret(qualite), className="note"),
        *notice(unknown_year(asked, qualite.annee)),
        choose_year(QUALITE, qualite.annees, qualite.annee, *_regions(qualite)),
        _chiffres(qualite),
        blocs.bloc_alertes(qualite, plan),
        blocs.bloc_completude(qualite, plan),
        blocs.bloc_services(qualite, plan),
        blocs.bloc_livraisons(qualite, plan),
        blocs.bloc_refus(qualite, plan),
        blocs.bloc_controles(qualite, plan),
        notes("Les mots de cette page", (complete, *MOTS)),
    ]
    return Page(f"Qualité des données – {qualite.annee} – {SITE}", contenu)


def _regions(qualite: Qualite) -> list[Component]:
    """The choice of a région, where there is one to make."""
    choix = [(noeud.territoire, noeud.nom) for noeud in qualite.regions]
    return [select("region", "Région", choix, qualite.noeud.territoire)] if len(choix) > 1 else []


def _chiffres(qualite: Qualite) -> Component:
    """What lots tell of the whole project is left out for whom may not read all of it."""
    bilan = qualite.bilan
    recue = jour_court(bilan.derniere_livraison.date() if bilan.derniere_livraison else None)
    return html.Dl(
        [
            key_figure(
                "Semaines d’école complètes",
                f"{nombre(bilan.completes)} sur {nombre(bilan.semaines)}",
                f"Avec {pourcentage(bilan.seuil)} au moins des jours attendus.",
            ),
            key_figure(
                "Jours d’école reçus",
                pourcentage(bilan.part_recue),
                f"{nombre(bilan.jours_recus)} sur {nombre(bilan.jours_attendus)}, un par école et par jour.",
            ),
            *([_refusees(bilan)] if qualite.commun else []),
            key_figure(
                "Dernière livraison", recue, f"{nombre(bilan.lots)} lots depuis le début." if qualite.commun else ""
            ),
        ],
        className="chiffres",
    )


def _refusees(bilan: BilanQualite) -> Component:
    compte = f"{nombre(bilan.refusees)} sur {nombre(bilan.recues)} reçues depuis le début, et {nombre(bilan.doublons)} doublons."
    return key_figure("Lignes refusées", pourcentage(bilan.part_refusee), compte)
