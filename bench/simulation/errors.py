"""The errors of the simulation: one tree, each a French sentence for the person who typed the command.
Must not format tracebacks nor print."""


class SimulationError(Exception):
    """Base of the simulation's errors; the message is shown as it is."""


class ParametreInvalide(SimulationError):
    """A parameter out of its domain."""

    def __init__(self, parametre: str, valeur: object, attendu: str) -> None:
        super().__init__(f"Simulation : {parametre} = {valeur} n’est pas possible ; attendu : {attendu}.")
