"""What access refuses, in one French sentence each.

It must not tell what exists from what doesn't.
"""


class AccesError(Exception):
    """Root of the tree."""


class ConfigurationInvalide(AccesError):
    """The operator's configuration, table of rights or secret can't be used: nothing is served."""


class AccesRefuse(AccesError):
    """A request that gets no session, or no file: its status, title and sentence are the page that answers it."""

    def __init__(self, status: int, titre: str, phrase: str) -> None:
        self.status = status
        self.titre = titre
        super().__init__(phrase)
