"""Legal pages: personal data, legal notice, ecodesign. What only the operator knows waits for the operator, and says so.

They must not state a decision as a fact of the software: controller and legal ground are the body's.
"""

from dashboards.balises import html
from dashboards.components import data_table
from dashboards.formats import espaces
from dashboards.pages.page import Page
from dashboards.pages.textes import bullets, facts, part, text_page
from dashboards.tables import Colonne, Ligne, Table
from marking_plan.conservation import Regles
from marking_plan.exploitant import Exploitant

_MESURE = (
    "L’ENT envoie, pour chaque page ouverte\u00a0: l’instant, l’école, le profil (élève, parent, enseignant…), le service, "
    "l’appareil, et un identifiant sans nom. Il ne doit envoyer ni nom, ni adresse, ni adresse IP\u00a0: une ligne qui en contient "
    "est refusée en entier.",
    "Dès la réception, l’identifiant est remplacé par un pseudonyme qui ne dure qu’une semaine, un mois ou une année scolaire, puis il "
    "est effacé. La clé de chaque période est détruite peu après sa fin\u00a0: rien ne relie alors deux visites à une personne.",
)
_POURQUOI = (
    "Savoir si l’ENT est utilisé, par quels publics et pour quoi, aider les écoles qui en ont besoin et rendre compte de la convention. "
    "Jamais pour suivre ou évaluer une personne."
)
_DROITS = (
    "Vous pouvez vous opposer à la mesure\u00a0: l’ENT le signale alors avec chaque page, et la ligne n’est que comptée dans un total, "
    "jamais conservée. Pour l’accès ou l’effacement, écrivez au délégué\u00a0: une fois la période close, plus rien ne permet de "
    "retrouver les visites d’une personne."
)
_PAGES = (
    "Elles ne déposent aucun traceur et ne demandent rien à un autre site. Les accès et les téléchargements des agents peuvent être "
    "journalisés pour la sécurité, douze mois au plus\u202f; aucune statistique n’en est tirée."
)


def page_donnees_personnelles(exploitant: Exploitant, regles: Regles) -> Page:
    """What is done with what visits say of persons, in plain words."""
    traitement = (
        ("Responsable du traitement", exploitant.responsable_traitement),
        ("Base légale", exploitant.base_legale),
    )
    destinataires = bullets(*(f"{d.nom}\u00a0: {espaces(d.recoit)}." for d in exploitant.destinataires))
    comptes = "Ce qui est publié ne contient que des comptes\u202f; les petits comptes sont masqués."
    contact = (("Délégué ou déléguée à la protection des données", exploitant.contact_dpd),)
    cnil = (
        "Vous pouvez aussi adresser une réclamation à la CNIL (3 place de Fontenoy, TSA 80715, 75334 Paris CEDEX 07)."
    )
    parties = [
        part("quoi", "Ce qui est mesuré", *_MESURE),
        part("pourquoi", "Pourquoi", _POURQUOI, facts(traitement)),
        part("combien", "Combien de temps", data_table(_durees(regles))),
        part("qui", "Qui reçoit les chiffres", destinataires, comptes),
        part("droits", "Vos droits", _DROITS, facts(contact), cnil),
        part("pages", "Ces pages elles-mêmes", _PAGES),
    ]
    intro = (
        "La mesure compte des visites. Ce qui désigne une personne devient un pseudonyme, dont la clé est détruite peu après la fin "
        "de la semaine, du mois ou de l’année scolaire."
    )
    return text_page("Données personnelles", intro, parties)


def _durees(regles: Regles) -> Table:
    lignes = tuple(Ligne((espaces(m.libelle), espaces(f"{m.texte}, à compter {m.compte}"))) for m in regles.magasins)
    colonnes = (Colonne("Ce qui est gardé"), Colonne("Combien de temps"))
    return Table("durees", "Durées de conservation", colonnes, lignes)


def page_mentions(exploitant: Exploitant) -> Page:
    """Legal notice."""
    editeur = (("Éditeur", exploitant.organisme), ("Responsable de la publication", exploitant.directeur_publication))
    parties = [
        part("editeur", "Éditeur", facts((*editeur, ("Contact", exploitant.contact)))),
        part("hebergeur", "Hébergement", facts((("Hébergeur", exploitant.hebergeur),))),
        part(
            "licence",
            "Réutilisation",
            "Le moteur est un logiciel libre (licence EUPL 1.2). Les chiffres portent le numéro de leur publication et l’instant où ils sont arrêtés\u00a0: "
            "citez-les avec tout chiffre repris. Leur diffusion est décidée par l’éditeur.",
        ),
    ]
    return text_page("Mentions légales", "Qui publie ces pages, et sous quelles conditions.", parties)


def page_ecoconception() -> Page:
    """How light the pages are meant to be, and what remains heavy."""
    parties = [
        part(
            "choix",
            "Ce qui est fait",
            bullets(
                "Les polices sont celles de l’appareil\u202f; aucune image de décor, aucune vidéo, aucune lecture automatique.",
                "Rien n’est demandé à un autre site.",
                "Les chiffres sont calculés une fois, à la publication\u202f; une page ne fait que les lire.",
                "Seules les périodes qui ont changé sont calculées à nouveau.",
                html.Span(
                    [
                        html.A("Chaque donnée a une durée", href="/donnees-personnelles"),
                        "\u00a0: ce qui est trop ancien est retiré.",
                    ]
                ),
            ),
        ),
        part(
            "objectifs",
            "Ce qui est visé",
            bullets(
                "Première visite\u00a0: au plus 1,7\u00a0Mo transférés, dont l’essentiel pour la bibliothèque qui trace les graphiques\u202f; elle est ensuite gardée par le navigateur.",
                "Changement de filtre\u00a0: au plus 60\u00a0ko.",
            ),
        ),
        part(
            "limites", "Ce qui reste", "Aucune évaluation au RGESN n’a été menée. Les pages ont besoin de JavaScript."
        ),
    ]
    return text_page("Écoconception", "Des pages sobres, pour des postes anciens et des lignes lentes.", parties)
