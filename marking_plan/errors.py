"""What can be wrong with a marking plan or a manifest; messages are one clear French sentence.

MarkingPlanError
├── PlanInvalide (fichier, fiche, champ)
├── TomlIllisible (fichier)
└── ManifesteIllisible (fichier)
"""


class MarkingPlanError(Exception):
    """Root of the tree."""


class PlanInvalide(MarkingPlanError):
    """A record of a TOML file is wrong: names file, record and field, and says the cure."""

    def __init__(self, fichier: str, fiche: str, champ: str, probleme: str) -> None:
        self.fichier, self.fiche, self.champ = fichier, fiche, champ
        super().__init__(f"{fichier}, fiche « {fiche} », champ « {champ} » : {probleme}")


class TomlIllisible(MarkingPlanError):
    """A file isn't TOML."""

    def __init__(self, fichier: str, detail: str) -> None:
        self.fichier = fichier
        super().__init__(f"{fichier} n'est pas un fichier TOML lisible ({detail}). Vérifiez guillemets et crochets.")


class ManifesteIllisible(MarkingPlanError):
    """The manifest of a lot is damaged, or was written by another version."""

    def __init__(self, fichier: str) -> None:
        super().__init__(
            f"Le manifeste {fichier} est abîmé, ou vient d'une autre version. Remettez-le depuis une sauvegarde, "
            "ou livrez à nouveau les fichiers dans un dossier de données neuf."
        )
