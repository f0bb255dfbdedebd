"""Sentences on the publication in force: until when figures go, under which policy.

They must not say what figures are.
"""

from dashboards import formats
from metrics.tableau import Publication

EXACTE = "exacte"  # the policy that hides nothing


def source_line(publication: Publication) -> str:
    """« Figures as of », and under which policy they are published."""
    return (
        f"Chiffres arrêtés le {formats.instant(publication.instant)} "
        f"(publication n°\u00a0{publication.numero}, plan de marquage {publication.plan_version})."
    )


def policy_line(publication: Publication) -> str:
    """The policy on small counts, by its name; the exact one says plainly that it hides nothing."""
    suite = "\u00a0: aucun masque" if publication.politique == EXACTE else ""
    return f"Politique de publication\u00a0: «\u00a0politique {publication.politique}{suite}\u00a0»."
