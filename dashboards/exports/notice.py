"""Where the figures of a view come from, and how to read them: said alike in the spreadsheet, the text file and on images.

It must not define a word: the marking plan does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.exports.licence import licence
from dashboards.formats import majuscule, nombre, variation
from dashboards.phrases.constat import depart, periode
from dashboards.phrases.jour import describe_jour, explain_jour
from dashboards.phrases.noms import libelle_profil
from dashboards.phrases.parts import RESERVE_DUREE
from dashboards.phrases.publication import policy_line, source_line
from dashboards.state import CONSTANT, href_noeud
from dashboards.tables import TABLES, Table
from marking_plan import MarkingPlan
from marking_plan.phrases import count_fr
from metrics.tableau import Constant, Publication, Tableau, Vue

Lignes = tuple[tuple[str, str], ...]
PORTEE_SERVICE = (
    "La série est celle de ce service\u202f; les autres tableaux comptent les visites de tous les services."
)
PORTEE_CONSTANT = "Les tableaux portent sur toutes les écoles."
# Tables that follow a filter, whose file is named by it; the whole board's follows them all.
SUIVENT = {
    "profil": ("tableau", "serie", "enfants", "carte", "services", "familles", "moments", "creneaux", "durees", "appareils", "systemes", "navigateurs"),
    "service": ("tableau", "serie"),
    "perimetre": ("tableau",),
}  # fmt: skip
SIMULEES = "Données simulées\u00a0: aucune de ces visites n’a eu lieu."


@dataclass(frozen=True, slots=True)
class Notice:
    """What goes with the figures of a view: its identity, its tables, the states of a figure, the words of its columns."""

    titre: str
    identite: Lignes
    tableaux: tuple[Table, ...]
    etats: Lignes
    definitions: Lignes

    def rubriques(self, titre: str, noms: Sequence[str]) -> tuple[tuple[str, Lignes], ...]:
        """Its parts in order; a file says under `titre` how it names its tables."""
        tableaux = tuple((nom, table.titre) for nom, table in zip(noms, self.tableaux, strict=True))
        return (
            ("Ce que c’est", self.identite),
            (titre, tableaux),
            ("États d’un chiffre", self.etats),
            ("Définitions", self.definitions),
        )


def make_notice(tableau: Tableau, plan: MarkingPlan) -> Notice:
    """Notice of a board, whose tables are those that have rows."""
    noeud, publication = tableau.noeud, tableau.publication
    tables = tuple(table for make in TABLES.values() if (table := make(tableau, plan)).lignes)
    niveau = majuscule(plan.libelle("niveau", noeud.niveau))
    identite = (
        ("Territoire", f"{niveau}\u00a0: {noeud.nom} ({noeud.territoire})"),
        ("Période", majuscule(periode(tableau.vue))),
        ("Profil", libelle_profil(plan, tableau.vue.profil)),
        *_choices(tableau, plan),
        *_jour(tableau),
        ("Source", source_line(publication)),
        ("Protection", f"{policy_line(publication)} Politique\u00a0: {publication.politique}."),
        *((("Attention", SIMULEES),) if publication.simulee else ()),
        *(("Annuaire", phrase) for phrase in depart(tableau)),
        ("Licence", licence()),
        ("Adresse", href_noeud(noeud.niveau, noeud.territoire, tableau.vue)),
        ("Durées", RESERVE_DUREE),
    )
    etats = tuple((etat.libelle, etat.definition) for etat in plan.etats)
    return Notice(f"Fréquentation de l’ENT\u00a0: {noeud.nom}", identite, tables, etats, _definitions(tables))


def _jour(tableau: Tableau) -> Lignes:
    """The running day, which no table holds."""
    if tableau.jour is None:
        return ()
    return (("Jour en cours", f"{describe_jour(tableau.jour)} {explain_jour(tableau.jour)}"),)


def _choices(tableau: Tableau, plan: MarkingPlan) -> Lignes:
    """The other filters of the view, where they are set, and which figures they bear on."""
    vue = tableau.vue
    service = (("Service", f"{plan.libelle('service', vue.service)}. {PORTEE_SERVICE}"),) if vue.service else ()
    if vue.perimetre != CONSTANT:
        return service
    return (*service, ("Périmètre", f"{_constant(tableau.synthese.constant)} {PORTEE_CONSTANT}"))


def _constant(constant: Constant | None) -> str:
    if constant is None or constant.evolution is None:
        return "Constant\u00a0: pas d’évolution publiée."
    return (
        f"Constant\u00a0: {variation(constant.evolution)} par jour d’école, {nombre(constant.visites)} visites contre "
        f"{nombre(constant.visites_precedentes)} l’an dernier, dans {count_fr(constant.ecoles, 'école', 'écoles')}."
    )


def _definitions(tables: Sequence[Table]) -> Lignes:
    """Each heading once, in the order of the tables."""
    return tuple({c.titre: c.aide for table in tables for c in table.colonnes if c.aide}.items())


def source_lines(publication: Publication) -> tuple[str, str]:
    """The same in two lines, for an image."""
    simulees = f" {SIMULEES}" if publication.simulee else ""
    return source_line(publication), f"{policy_line(publication)} {licence()}.{simulees}"


def write_text(notice: Notice) -> str:
    """The notice as a text file."""
    rubriques = notice.rubriques("Tableaux", [table.code for table in notice.tableaux])
    parties = ["\n".join([titre, *(f"- {nom}\u00a0: {texte}" for nom, texte in lignes)]) for titre, lignes in rubriques]
    return "\n\n".join([notice.titre, *parties]) + "\n"


def file_stem(code: str, vue: Vue, publication: Publication) -> str:
    """Name of a file without its extension: which table, of where, when and whom, and from which publication."""
    asked = {
        "profil": "" if vue.profil == "tous" else vue.profil,
        "service": vue.service,
        "perimetre": "perimetre-constant" if vue.perimetre == CONSTANT else "",
    }
    filtres = "".join(f"_{valeur}" for nom, valeur in asked.items() if valeur and code in SUIVENT[nom])
    return f"{code}_{vue.niveau}_{vue.territoire}_{vue.du}_{vue.au}{filtres}_publication-{publication.numero}"
