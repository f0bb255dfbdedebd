"""Colours of the marks that carry figures: one set for both themes.

No text colour here (the style sheet holds them). Each colour keeps 3:1 against the light and the dark ground: tested.
"""

VISITES = "#2a78a8"
UTILISATEURS = "#b5651d"
NEUTRE = "#808790"
OMBRE_VACANCES = "rgba(128, 135, 144, 0.16)"
GRILLE = "rgba(128, 135, 144, 0.28)"
TRANSPARENT = "rgba(0, 0, 0, 0)"
# Empty hours let the page's ground through, so that one scale serves both themes.
ECHELLE = [
    [0.0, "rgba(42, 120, 168, 0.06)"],
    [0.5, "rgba(42, 120, 168, 0.55)"],
    [1.0, "rgba(42, 120, 168, 1)"],
]
