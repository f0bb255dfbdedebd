"""Write the marking plan as tables of a publication, with LISEZ_MOI: what names and explains every code of the file.

It must not count, nor define a code: the plan does.
"""

import duckdb

from marking_plan import MarkingPlan
from marking_plan.modalites import list_modalites
from marking_plan.phrases import describe_additivity
from marking_plan.pics import list_parametres
from marking_plan.records import Indicateur
from metrics.tables import insert_rows

_SEPARATOR = ", "
_LISEZ_MOI = (
    "Ce fichier contient la fréquentation d’un ENT\u00a0: visites, utilisateurs et durées, par jour, semaine, mois et année scolaire. Il ne contient aucune donnée sur une personne.",
    "La table publication dit à quel instant les chiffres sont arrêtés, sous quelle politique de protection, et si les données sont simulées. Les chiffres s’arrêtent à la veille de la publication.",
    "La table jour_en_cours a seule le jour même\u00a0: visites et utilisateurs déjà reçus, à partir de la circonscription, toujours provisoires. Ne les ajoutez à aucune autre table.",
    "Chaque table, vue et colonne porte un commentaire\u00a0: SELECT * FROM duckdb_columns() WHERE NOT internal, et de même duckdb_tables() et duckdb_views().",
    "Les tables plan_… donnent le libellé, la définition et l’ordre de chaque code\u00a0: plan_profils, plan_groupes, plan_services, plan_coupes, plan_modalites, plan_etats, plan_causes, plan_motifs, plan_niveaux. La table indicateurs donne les définitions.",
    "Un territoire se désigne par (niveau, territoire)\u00a0: un code seul peut exister à deux niveaux. Les noms sont dans territoires et dans ecoles, par année scolaire\u00a0; la table calendrier donne l’année scolaire d’un jour.",
    "Pour additionner des visites, partez des vues v_<niveau>_<periode>\u00a0: une ligne par territoire et par période, tous profils ensemble.",
    "N’additionnez jamais des utilisateurs\u00a0: une personne compte une fois par période et par territoire.",
    "Au mois et à l’année, les utilisateurs sont les personnes vues\u00a0; ils ne sont connus que pour la coupe total.",
    "Les profils se recouvrent aussi\u00a0: tous, parents, personnels, adultes et nat_admin sont des groupes, dont plan_groupes donne la composition. Filtrez toujours profil et coupe.",
    "Les coupes service, famille et type se recouvrent\u00a0: leurs visites ne s’additionnent pas au total.",
    "etat = valeur\u00a0: le chiffre est compté, zéro compris. etat = presume\u00a0: zéro, parce que la plateforme a livré des données et aucune pour cette école.",
    "Dans les autres états, les mesures sont NULL. non_recu\u00a0: aucune donnée n’est arrivée. non_ouverte\u00a0: l’ENT n’était pas ouvert.",
    "etat = secret\u00a0: le chiffre porte sur trop peu de personnes, ou permettrait d’en retrouver un autre. Ce n’est ni zéro ni un oubli.",
    "Une modalité absente d’une coupe publiée vaut zéro, sauf si la coupe a une ligne de modalité toutes\u00a0: elle est alors secrète en entier.",
    "provisoire = vrai\u00a0: la période peut encore recevoir des lots, son chiffre peut changer.",
    "La table perimetre dit combien d’écoles et de jours sont derrière chaque chiffre\u00a0: une période où jours_recus est inférieur à jours_attendus est incomplète.",
    "La table taux a une ligne par base (comptes ouverts, comptes activés, élèves)\u00a0: n’en gardez qu’une\u00a0; un taux ne s’additionne ni ne se moyenne.",
    "La table protection dit quels profils et quelles coupes chaque territoire publie, pour toute l’année scolaire. Une coupe qui n’y est pas publiée n’a pas de ligne\u00a0: ce n’est pas un zéro.",
    "Pour comparer à l’année précédente, prenez la semaine que donne semaines_comparables, et comptez par jour d’école.",
    "Avant de comparer deux périodes, lisez la table ruptures\u00a0: pannes, changements de marquage ou de prestataire, périodes erronées.",
    "La table ecoles_a_accompagner est tirée des seules cases publiées\u00a0; plan_causes en donne les définitions et les seuils.",
    "La durée d’une visite va de son premier à son dernier événement\u00a0: le temps passé sur la dernière page est inconnu.",
    "Les pics de la table pics ne s’additionnent jamais\u00a0; la table acces suggère un débit à partir des élèves, et plan_parametres en donne les valeurs.",
    "Une visite qui passe minuit reste à son premier jour\u00a0; une visite qui passe le lundi 0 h est coupée.",
)


def write_plan(connection: duckdb.DuckDBPyConnection, plan: MarkingPlan) -> None:
    """The marking plan as tables, and how to read the file."""
    rows: dict[str, list[tuple[object, ...]]] = {
        "plan_profils": [
            *((p.code, p.libelle, p.definition, False) for p in plan.profils),
            *((g.code, g.libelle, g.definition, True) for g in plan.groupes),
        ],
        "plan_groupes": [(g.code, profil, n) for g in plan.groupes for n, profil in enumerate(g.profils, 1)],
        "plan_services": [(s.code, s.libelle, s.famille, s.definition) for s in plan.services],
        "plan_coupes": [
            (c.code, c.libelle, c.definition, c.partition, _SEPARATOR.join(c.periodes)) for c in plan.coupes
        ],
        "plan_modalites": list(list_modalites(plan)),
        "plan_etats": [(e.code, e.libelle, e.definition) for e in plan.etats],
        "plan_niveaux": [(n.code, n.libelle, n.parent) for n in plan.niveaux],
        "plan_motifs": [(n, m.code, m.libelle, m.definition, m.correction) for n, m in enumerate(plan.motifs, 1)],
        "plan_causes": [
            (n, c.code, c.libelle, c.definition, plan.accompagnement.version) for n, c in enumerate(plan.causes, 1)
        ],
        "plan_parametres": list(list_parametres()),
        "indicateurs": [_indicateur(plan, i) for i in plan.indicateurs],
        "LISEZ_MOI": list(enumerate(_LISEZ_MOI, 1)),
    }
    for name, lines in rows.items():
        insert_rows(connection, name, lines)


def _indicateur(plan: MarkingPlan, indicateur: Indicateur) -> tuple[object, ...]:
    """An indicator, with where and how it is read in this file."""
    table = f"{indicateur.table}_<periode>" if indicateur.table == "frequentation" else indicateur.table
    return (
        indicateur.code,
        indicateur.nom,
        indicateur.libelle,
        indicateur.definition,
        indicateur.unite,
        table,
        indicateur.expression_publiee or indicateur.nom,
        _SEPARATOR.join(indicateur.periodes),
        describe_additivity(plan, indicateur),
    )
