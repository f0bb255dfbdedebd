"""Read a TOML file that an operator may have written, into its record, and say in French what is wrong in one.

It must not know what the record says.
"""

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from marking_plan.errors import PlanInvalide

M = TypeVar("M", bound=BaseModel)
_MESSAGES = {
    "missing": "ce champ manque",
    "extra_forbidden": "ce champ est inconnu, vérifiez son nom",
    "date_type": "il faut une date sans guillemets, par exemple 2025-10-06",
    "string_type": "il faut un texte entre guillemets",
    "string_too_short": "ce texte est vide",
    "string_too_long": "ce texte est trop long",
    "string_pattern_mismatch": "ce texte n’a pas la forme attendue",
    "too_short": "cette liste est vide",
    "tuple_type": "il faut une liste entre crochets",
    "frozen_set_type": "il faut une liste entre crochets",
    "int_type": "il faut un nombre entier",
    "int_parsing": "il faut un nombre entier",
    "bool_type": "il faut true ou false",
    "bool_parsing": "il faut true ou false",
    "greater_than_equal": "ce nombre est trop petit",
    "less_than_equal": "ce nombre est trop grand",
    "model_type": "il faut une section entre crochets",
}


def read_fiche(file: Path, fiche: str, record: type[M]) -> M:
    """The whole file as a record; `fiche` names it in messages. Raises PlanInvalide."""
    try:
        return record.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlanInvalide(file.name, fiche, "fichier", f"illisible ({error}). Corrigez ce fichier.") from error
    except ValidationError as error:
        champ, probleme = explain(error)
        raise PlanInvalide(file.name, fiche, champ or "fichier", f"{probleme}. Corrigez ce champ.") from error


def explain(error: ValidationError) -> tuple[str, str]:
    """The first field at fault, by its path in the file, and what is wrong in it: no full stop, and never the value itself."""
    first = error.errors(include_input=False)[0]
    genre, message = first["type"], first["msg"]
    champ = ".".join(str(step) for step in first["loc"])
    if genre == "value_error":
        return champ, message.removeprefix("Value error, ")
    if genre == "literal_error":
        connues = re.findall(r"'(.+?)'", str(first["ctx"]["expected"]))
        return champ, f"valeur inconnue ; choisissez {' ou '.join(f'« {valeur} »' for valeur in connues)}"
    return champ, _MESSAGES.get(genre, f"valeur refusée ({message})")
