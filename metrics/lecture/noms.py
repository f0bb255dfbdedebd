"""What people call a territory, from its name in the annuaire: boards are read by those who work there.

It must not touch the published tables: analysts find the annuaire's own names.
"""

import re

_OFFICIELS = {
    "circonscription": re.compile(
        r"^circonscription d['’]inspection du 1er degré (?:de |d['’]|du |des )?", re.IGNORECASE
    )
}
_VOYELLES = "aàâeéèêiîoôuy"


def usual_name(niveau: str, nom: str) -> str:
    """« Montpellier » is an académie's name and a commune's: « Académie de Montpellier ». A circonscription goes by its seat."""
    if niveau == "academie" and nom and not nom.lower().startswith("académie"):
        return f"Académie d’{nom}" if nom[0].lower() in _VOYELLES else f"Académie de {nom}"
    officiel = _OFFICIELS.get(niveau)
    court = officiel.sub("", nom) if officiel else nom
    return court[:1].upper() + court[1:] if court != nom else nom
