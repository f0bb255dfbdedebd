"""Write GLOSSAIRE.md from the plan: every code, its French label and its definition.

It must not define anything: the TOML files do.
"""

from collections.abc import Iterable

from marking_plan.accompagnements import load_natures
from marking_plan.collecte import load_mots
from marking_plan.modalites import TOUTES, list_modalites
from marking_plan.phrases import describe_coupe, describe_indicateur
from marking_plan.pics import list_parametres
from marking_plan.plan import MarkingPlan

_HEAD = """# Glossaire

Page tirée du plan de marquage (version {version}) par `dnma plan doc` : ne la corrigez pas à la main.
"""

_LISTS = {
    "Appareils": "appareil",
    "Systèmes": "systeme",
    "Navigateurs": "navigateur",
    "Types": "type",
    "Moments": "moment",
    "Tranches de durée": "duree",
    "Tranches d’assiduité": "assiduite",
}  # title → cut


def render_glossaire(plan: MarkingPlan) -> str:
    """The whole glossary, in Markdown and French."""
    sections = [
        _HEAD.format(version=plan.version),
        _section(
            "Indicateurs",
            ((i.nom, f"{i.libelle} ({i.code})", describe_indicateur(plan, i)) for i in plan.indicateurs),
        ),
        _section(
            "Paramètres des pics et de l’accès à Internet",
            (
                (
                    p.parametre,
                    p.libelle,
                    f"{p.valeur} ({p.unite}), jeu {p.version} en vigueur depuis le {p.depuis}. {p.raison}",
                )
                for p in list_parametres()
            ),
        ),
        _section("Périodes", ((p.code, p.libelle, p.definition) for p in plan.periodes)),
        _section("Profils", ((p.code, p.libelle, p.definition) for p in plan.profils)),
        _section("Groupes de profils", ((g.code, g.libelle, g.definition) for g in plan.groupes)),
        _section("Familles de services", ((f.code, f.libelle, f.definition) for f in plan.familles)),
        _section("Services", ((s.code, s.libelle, s.definition) for s in plan.services)),
        _section("Coupes", ((c.code, c.libelle, describe_coupe(plan, c)) for c in plan.coupes)),
        *(_section(title, _modalites(plan, coupe)) for title, coupe in _LISTS.items()),
        _section("États d'une case", ((e.code, e.libelle, e.definition) for e in plan.etats)),
        _section("États d'une évolution", ((e.code, e.libelle, e.definition) for e in plan.evolutions)),
        _section("Causes d'accompagnement d'une école", ((c.code, c.libelle, c.definition) for c in plan.causes)),
        _section("Accompagnements d'une école", ((n.code, n.libelle, n.definition) for n in load_natures())),
        _section("Motifs de refus", ((m.code, m.libelle, f"{m.definition} {m.correction}") for m in plan.motifs)),
        _section("Mots de la collecte", ((m.code, m.libelle, m.definition) for m in load_mots())),
        _section("Types d'école", ((m.code, m.libelle, m.definition) for m in plan.types_ecole)),
        _section("Secteurs", ((m.code, m.libelle, m.definition) for m in plan.secteurs)),
        _section("Niveaux de territoire", ((n.code, n.libelle, n.libelle_pluriel) for n in plan.niveaux)),
    ]
    return "\n".join(sections)


def _modalites(plan: MarkingPlan, coupe: str) -> Iterable[tuple[str, str, str]]:
    """Modalities of a cut, without the one that withholds it."""
    return ((m.code, m.libelle, m.definition) for m in list_modalites(plan) if m.coupe == coupe and m.code != TOUTES)


def _section(title: str, rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"## {title}", "", "| code | libellé | définition |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| `{code}` | {libelle} | {definition} |" for code, libelle, definition in rows), ""])
