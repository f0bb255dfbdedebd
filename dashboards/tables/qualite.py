"""The tables of the page « Qualité des données »: what came, what was refused, what fell silent.

They must not hold anything that isn't in the Qualite.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dashboards import formats
from dashboards.tables.base import Colonne, Ligne, Table
from marking_plan import MarkingPlan
from metrics.tableau.qualite import Livraison, Qualite, SemaineRecue

ETATS = {"complete": "complète", "incomplete": "incomplète", "provisoire": "provisoire"}
SEMAINES_MONTREES = 4  # of deliveries: a page holds what is looked at on a Monday, its file holds the year
PART_LISIBLE = 0.001  # under it, a share is only said to be smaller
_JOURS = (
    Colonne("Écoles ouvertes", "nombre", aide="Écoles dont l’ENT est ouvert au moins un jour de la semaine."),
    Colonne(
        "Écoles mesurées", "nombre", aide="Écoles ouvertes dont des données ont été reçues, ou sont présumées l’être."
    ),
    Colonne("Jours attendus", "nombre", aide="Jours d’école de chaque école ouverte, additionnés."),
    Colonne("Jours reçus", "nombre", aide="Jours attendus où des visites, ou une livraison déclarée, sont arrivées."),
    Colonne(
        "Jours présumés", "nombre", aide="La plateforme a livré ce jour-là, et rien pour l’école\u00a0: zéro visite."
    ),
    Colonne("Jours manquants", "nombre", aide="Rien n’est arrivé\u00a0: on ne sait pas s’il y a eu des visites."),
    Colonne("Part reçue", "taux", aide="Jours reçus ou présumés, sur les jours attendus."),
    Colonne("État", "etat"),
)


def week_etat(semaine: SemaineRecue) -> str:
    """Code of a week's completeness: one that may still receive lots is said so before anything else."""
    if semaine.provisoire:
        return "provisoire"
    return "complete" if semaine.complete else "incomplete"


def completude(qualite: Qualite, plan: MarkingPlan) -> Table:
    """One row a school week, for the région."""
    del plan
    lignes = tuple(Ligne((w.debut, *_jours(w)), week_etat(w)) for w in qualite.region)
    titre = f"Jours d’école attendus et reçus, {qualite.noeud.nom}, {qualite.annee}"
    return Table("completude", titre, (Colonne("Semaine du", "jour"), *_JOURS), lignes)


def completude_departements(qualite: Qualite, plan: MarkingPlan) -> Table:
    """One row a school week, one column a département: the shares that the calendar draws."""
    del plan
    parts = {(w.noeud, w.debut): w.part for w in qualite.departements}
    noeuds = sorted({noeud for noeud, _ in parts}, key=lambda noeud: noeud.territoire)
    lignes = tuple(
        Ligne((w.debut, w.part, *(parts.get((noeud, w.debut)) for noeud in noeuds)), week_etat(w))
        for w in qualite.region
    )
    colonnes = (Colonne("Semaine du", "jour"), *(Colonne(n.nom, "taux") for n in (qualite.noeud, *noeuds)))
    return Table("completude_departements", f"Part des jours attendus reçue, {qualite.annee}", colonnes, lignes)


def _jours(w: SemaineRecue) -> tuple[int | float | str | None, ...]:
    etat = ETATS[week_etat(w)]
    return (w.ouvertes, w.mesurees, w.attendus, w.recus, w.presumes, w.manquants, w.part, etat)


def livraisons(qualite: Qualite, plan: MarkingPlan) -> Table:
    """One row a week and platform, the latest week first."""
    del plan
    colonnes = (
        Colonne("Semaine du", "jour"),
        Colonne("Plateforme"),
        Colonne("Lots", "nombre", aide="Fichiers livrés qui contiennent des lignes de cette semaine."),
        Colonne("Lignes gardées", "nombre", aide="Doublons compris."),
        Colonne("Lignes refusées", "nombre"),
        Colonne("Part refusée", "taux"),
        Colonne("Livrées en 3 jours", "taux", aide="Lignes arrivées au plus trois jours après l’événement."),
        Colonne("Après 10 jours", "nombre", aide="Lignes arrivées plus de dix jours après l’événement."),
        Colonne("Horloge en avance", "nombre", aide="Lignes datées d’après leur réception\u00a0: serveur mal réglé."),
        Colonne(
            "Écoles silencieuses", "nombre", aide="Vues la semaine d’avant, plus dans celle-ci, au dernier lot reçu."
        ),
        Colonne("Dernier lot", "jour"),
    )
    return Table(
        "livraisons", "Livraisons par semaine et plateforme", colonnes, tuple(map(_livraison, qualite.livraisons))
    )


def livraisons_recentes(qualite: Qualite, plan: MarkingPlan) -> Table:
    """The first rows of `livraisons`: those of the last weeks, and those of no week. Its file has the whole year."""
    semaines = sorted({x.semaine for x in qualite.livraisons if x.semaine}, reverse=True)[:SEMAINES_MONTREES]
    recentes = tuple(x for x in qualite.livraisons if x.semaine is None or x.semaine in semaines)
    table = livraisons(replace(qualite, livraisons=recentes), plan)
    return replace(table, titre=f"Livraisons des {SEMAINES_MONTREES} dernières semaines, par plateforme")


def _livraison(x: Livraison) -> Ligne:
    return Ligne(
        (
            x.semaine or "sans date",
            x.plateforme or "sans plateforme",
            x.lots,
            x.gardees,
            x.refusees,
            x.part_refusee,
            x.part_rapide,
            x.tardives,
            x.en_avance,
            x.ecoles_silencieuses,
            x.derniere.date(),
        )
    )


def _part_recue(parts: Sequence[float | None]) -> Colonne:
    """On the page where a share says something: « < 0,1 % » on every row tells less than the counts beside it."""
    lisible = any(part is not None and part >= PART_LISIBLE for part in parts)
    return Colonne("Part des lignes reçues", "taux", ou="partout" if lisible else "fichier")


def refus(qualite: Qualite, plan: MarkingPlan) -> Table:
    """One row a motif, with what the sender must mend."""
    motifs = {motif.code: motif for motif in plan.motifs}
    lignes = tuple(
        Ligne(
            (
                formats.majuscule(plan.libelle("motif", d.code)),
                d.lignes,
                d.part,
                formats.espaces(motifs[d.code].correction),
            )
        )
        for d in qualite.refus
    )
    colonnes = (
        Colonne("Motif"),
        Colonne("Lignes", "nombre"),
        _part_recue([d.part for d in qualite.refus]),
        Colonne("Ce que l’émetteur doit corriger"),
    )
    return Table("refus", "Lignes refusées par motif, tous lots ensemble", colonnes, lignes)


def hors_plan(qualite: Qualite, plan: MarkingPlan) -> Table:
    """One row a code that the plan doesn't know: kept and counted, under « autre » or « hors du plan »."""
    del plan
    lignes = tuple(Ligne((*_code(d.code), d.lignes, d.part)) for d in qualite.hors_plan)
    colonnes = (
        Colonne("Nature"),
        Colonne("Code reçu"),
        Colonne("Lignes", "nombre"),
        _part_recue([d.part for d in qualite.hors_plan]),
    )
    return Table("hors_plan", "Codes reçus que le plan de marquage ne connaît pas", colonnes, lignes)


def _code(texte: str) -> tuple[str, str]:
    """« service:XYZ », as lots name it."""
    nature, _, code = texte.partition(":")
    return nature, code


def services_muets(qualite: Qualite, plan: MarkingPlan) -> Table:
    """One row a service that fell silent somewhere."""
    lignes = tuple(
        Ligne(
            (
                plan.libelle("service", s.service),
                formats.majuscule(plan.libelle("niveau", s.noeud.niveau)),
                s.noeud.nom,
                s.depuis,
                s.semaines,
                s.visites_moyennes,
            )
        )
        for s in qualite.services_muets
    )
    colonnes = (
        Colonne("Service"),
        Colonne("Niveau"),
        Colonne("Territoire"),
        Colonne("Dernière semaine vue", "jour"),
        Colonne("Semaines sans visite", "nombre", aide="Semaines d’école complètes depuis lors."),
        Colonne("Visites par semaine auparavant", "nombre"),
    )
    return Table("services_muets", "Services qui se sont tus", colonnes, lignes)


def controles(qualite: Qualite, plan: MarkingPlan) -> Table:
    """One row a doubt of the checks made before publishing."""
    del plan
    lignes = tuple(Ligne((formats.espaces(d.message), d.lignes, d.exemple)) for d in qualite.doutes)
    colonnes = (Colonne("Ce qui a été trouvé"), Colonne("Cas", "nombre"), Colonne("Premier cas"))
    return Table("controles", "Doutes trouvés avant la publication", colonnes, lignes)


TABLES_QUALITE: Mapping[str, Callable[[Qualite, MarkingPlan], Table]] = MappingProxyType(
    {
        f.__name__: f
        for f in (
            completude,
            completude_departements,
            livraisons,
            refus,
            hors_plan,
            services_muets,
            controles,
        )
    }
)
