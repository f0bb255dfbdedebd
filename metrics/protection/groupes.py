"""Groups of profiles, which publishing masks along and reading cuts along.

It must import nothing: the boards, which read it, start without what masks are computed with.
"""

# Each group and its parts: what a node publishes adds up along these lines.
PARTS = {
    "tous": ("eleve", "adultes"),
    "adultes": ("parents", "personnels"),
    "parents": ("parent", "parent_elu"),
    "personnels": ("enseignant", "nat_admin", "personnel_collectivite", "autre"),
    "nat_admin": ("directeur", "admin_vie_scol_tech"),
}
