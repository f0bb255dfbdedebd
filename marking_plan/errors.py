"""What can be wrong with a marking plan; messages are one clear French sentence.

MarkingPlanError
└── PlanInvalide (fichier, fiche, champ)
"""


class MarkingPlanError(Exception):
    """Root of the tree."""


class PlanInvalide(MarkingPlanError):
    """A record of a TOML file is wrong: names file, record and field, and says the cure."""

    def __init__(self, fichier: str, fiche: str, champ: str, probleme: str) -> None:
        self.fichier, self.fiche, self.champ = fichier, fiche, champ
        super().__init__(f"{fichier}, fiche « {fiche} », champ « {champ} » : {probleme}")
