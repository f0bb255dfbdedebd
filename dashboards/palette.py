"""Colours of the marks that carry figures: one set for both themes.

No text colour here (the style sheet holds them). Each colour keeps 3:1 against the light and the dark ground: tested.
"""

VISITES = "#2a78a8"
UTILISATEURS = "#b5651d"
NEUTRE = "#808790"
OMBRE_VACANCES = "rgba(128, 135, 144, 0.16)"
OMBRE_PRECEDENT = "rgba(128, 135, 144, 0.22)"
GRILLE = "rgba(128, 135, 144, 0.28)"
TRANSPARENT = "rgba(0, 0, 0, 0)"
# Empty hours let the page's ground through, so that one scale serves both themes.
ECHELLE = [
    [0.0, "rgba(42, 120, 168, 0.06)"],
    [0.5, "rgba(42, 120, 168, 0.55)"],
    [1.0, "rgba(42, 120, 168, 1)"],
]
# Classes of a map, least first: they too let the ground through, so that more is always further from it.
CLASSES = (
    "rgba(42, 120, 168, 0.14)",
    "rgba(42, 120, 168, 0.36)",
    "rgba(42, 120, 168, 0.58)",
    "rgba(42, 120, 168, 0.8)",
    "rgba(42, 120, 168, 1)",
)
# Which of them are used, by number of classes: always the strongest, and as far apart as may be.
TEINTES = {1: (4,), 2: (1, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
