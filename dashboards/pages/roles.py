"""What each who comes finds here, and where to begin: the words of the page « Aide ».

It must not say who may see what: access control does.
"""

from dash.development.base_component import Component

from dashboards.balises import html

Ligne = str | list[Component | str]


def _lien(texte: str, adresse: str) -> Component:
    return html.A(texte, href=adresse)


ROLES: tuple[tuple[str, str, tuple[Ligne, ...]], ...] = (
    (
        "pilote",
        "Pilote, au rectorat",
        (
            [
                "Commencez par ",
                _lien("la page de la région", "/"),
                "\u00a0: la phrase du haut dit ce qui s’est passé, la série dit si l’usage croît.",
            ],
            [
                "Avant de citer un chiffre, ouvrez ",
                _lien("Qualité des données", "/qualite"),
                "\u00a0: elle dit quelles semaines sont complètes.",
            ],
            "Descendez par le tableau des territoires\u00a0: un clic sur un titre de colonne le trie, un clic sur un nom ouvre sa page.",
            "Inscrites, ouvertes, mesurées, actives\u00a0: quatre nombres d’écoles qui ne disent pas la même chose. Un chiffre qui baisse avec les écoles mesurées est une panne, pas une baisse d’usage.",
        ),
    ),
    (
        "conseiller",
        "Conseiller de circonscription, DSDEN",
        (
            "Ouvrez votre circonscription\u00a0: une ligne par école, avec sa tendance et sa dernière semaine active.",
            "Une école à accompagner l’est pour une cause nommée (jamais démarrée, arrêt, baisse, parents absents, données manquantes)\u202f; la cause se lit avant le chiffre.",
            "«\u00a0Données manquantes\u00a0» vise le prestataire, pas l’école\u00a0: ne la relancez pas.",
            "Les traits A1, A2… de la série d’une école disent ce qui a été fait pour elle\u202f; la liste dit le dernier accompagnement.",
            "Pour une visite, imprimez la page de l’école\u00a0: elle tient sur une feuille.",
        ),
    ),
    (
        "dpd",
        "Délégué ou déléguée à la protection des données",
        (
            [
                _lien("Protection", "/protection"),
                " dit la politique en vigueur, ce qu’elle masque, ce qui est encore ouvert, ce qui est gardé et jusqu’à quand.",
            ],
            ["L’information des personnes est à la page ", _lien("Données personnelles", "/donnees-personnelles"), "."],
            "Le choix de la politique, de k et des destinataires vous revient\u202f; chaque page en dit la règle, cette page en donne le nom.",
        ),
    ),
    (
        "analyste",
        "Analyste",
        (
            "Un seul fichier DuckDB contient tous les chiffres publiés, leurs définitions et leur mode d’emploi. Les pages lisent le même fichier\u00a0: une case y a la même valeur et le même état.",
            "Ne remplacez jamais un chiffre absent par zéro\u00a0: gardez la colonne etat à côté de chaque chiffre.",
            "Pour additionner des visites, partez des vues v_<niveau>_<periode>\u00a0: une ligne par territoire et par période.",
        ),
    ),
    (
        "collectivite",
        "Collectivité",
        (
            "Ces pages ne vous sont ouvertes que par une décision datée du DPD.",
            "Vos pages donnent, par mois et par année scolaire, les totaux d’une commune et de ses écoles, et l’accès à Internet suggéré\u202f; elles n’ont de détail ni par semaine, ni par profil, ni par service.",
            "La liste des payeurs et le coût de la convention ne sont pas dans la publication\u202f: demandez-les à la région académique.",
            "Le débit suggéré part des élèves à connecter ensemble. Un pic de visites peut le relever, jamais l’abaisser\u00a0: on ne sait pas d’où les personnes se connectent.",
        ),
    ),
    (
        "ecole",
        "Directeur, directrice d’école",
        (
            "Ces pages ne vous sont ouvertes que par une décision datée du DPD.",
            "La page de votre école s’ouvre sur le mois, où moins de cases sont masquées que dans la semaine.",
            "«\u00a0Secret statistique\u00a0» protège les personnes de l’école\u00a0: ce n’est ni zéro, ni un oubli.",
            "La mesure porte sur l’école, jamais sur une personne\u00a0: elle ne dit pas qui s’est connecté.",
        ),
    ),
)
