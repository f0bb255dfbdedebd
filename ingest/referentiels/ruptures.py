"""Load an operator's register of series breaks into the lake, once it has been checked.

It must not merge registers: the file loaded last is the register.
"""

from pathlib import Path

from ingest.lake.files import lake_lock, write_atomically
from marking_plan.phrases import count_fr
from marking_plan.ruptures import read_ruptures, ruptures_file


def load_ruptures(donnees: Path, fichier: Path) -> list[str]:
    """Replace the operator's register. Raises PlanInvalide, TomlIllisible: nothing is kept then."""
    contenu = fichier.read_bytes()
    ruptures = read_ruptures(fichier.name, contenu)
    with lake_lock(donnees):
        write_atomically(ruptures_file(donnees), contenu)
    evenements = count_fr(len(ruptures), "événement", "événements")
    lines = [f"Ruptures de série : {evenements}, à montrer dès la prochaine publication."]
    return lines + [f"  {r.debut}{f' au {r.fin}' if r.fin else ''} : {r.titre}" for r in ruptures[:20]]
