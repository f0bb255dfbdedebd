"""Accessibility declaration, made from the audit file: its state is computed, never written by hand.

It must not claim what no audit has found.
"""

from dash.development.base_component import Component

from dashboards import formats
from dashboards.balises import html
from dashboards.components import data_table
from dashboards.pages.page import SITE, Page
from dashboards.pages.textes import bullets, part, text_page, told
from dashboards.tables import Colonne, Ligne, Table
from marking_plan.accessibilite import Audit
from marking_plan.exploitant import Exploitant

_RECOURS = (
    "Si vous avez signalé un défaut qui vous empêche d’accéder à un contenu et que vous n’avez pas obtenu de réponse, vous pouvez saisir "
    "la Défenseure ou le Défenseur des droits\u00a0: par son formulaire en ligne, auprès de ses délégués dans votre région, ou par courrier "
    "gratuit, sans timbre\u00a0: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07."
)


def page_accessibilite(audit: Audit, exploitant: Exploitant) -> Page:
    """The whole declaration, in the order that the law sets."""
    intro = (
        f"Accessibilité\u00a0: {audit.etat}. Déclaration établie le {formats.jour(audit.etablie_le)}, au regard du "
        f"{audit.referentiel}."
    )
    contact = told(exploitant.contact_accessibilite)
    ecrire = html.P(["Si vous ne pouvez pas lire une page, demandez-la sous une autre forme\u00a0: ", contact, "."])
    parties = [
        part("etat", "État de conformité", *_etat(audit, exploitant)),
        part("resultats", "Résultats", *_resultats(audit)),
        part(
            "contenus",
            "Ce qui n’est pas accessible, ou pas vérifié",
            bullets(*(formats.espaces(c.texte) for c in audit.contenus)),
        ),
        part("retour", "Nous écrire", ecrire),
        part("recours", "Voies de recours", _RECOURS),
    ]
    return text_page("Accessibilité", intro, parties)


def _etat(audit: Audit, exploitant: Exploitant) -> list[Component]:
    loi = " s’engage à rendre ces pages accessibles (article 47 de la loi n°\u00a02005-102 du 11 février 2005)."
    etat: list[Component | str] = [
        f"«\u00a0{SITE}\u00a0» est ",
        html.Strong(audit.etat),
        f" au {audit.referentiel}. ",
        _raison(audit),
    ]
    qui = [exploitant.organisme] if exploitant.organisme else ["L’exploitant de ces pages (", told(""), ")"]
    return [html.P([*qui, loi]), html.P(etat)]


def _raison(audit: Audit) -> str:
    if audit.taux is None:
        return "Aucun audit complet n’a été mené\u00a0: sans lui, aucun autre état ne peut être déclaré."
    return f"{formats.pourcentage(audit.taux)} des critères applicables sont respectés."


def _resultats(audit: Audit) -> list[Component]:
    lignes = tuple(Ligne((essai.outil, essai.resultat)) for essai in audit.essais)
    essais = Table("essais", "Vérifications automatiques", (Colonne("Vérification"), Colonne("Résultat")), lignes)
    if audit.taux is None:
        bilan = (
            f"Les {audit.total} critères du référentiel n’ont pas été évalués par un auditeur. Les vérifications automatiques ci-dessous ne "
            "portent que sur une partie d’entre eux et ne remplacent pas un audit."
        )
    else:
        realise = formats.jour(audit.realise_le)
        bilan = f"Audit mené par {audit.auditeur} le {realise}\u00a0: {formats.pourcentage(audit.taux)} des critères applicables sont respectés."
    return [html.P(bilan), data_table(essais)]
