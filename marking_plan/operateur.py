"""Read a TOML file that an operator may have written, into its record.

It must not know what the record says.
"""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from marking_plan.errors import PlanInvalide

M = TypeVar("M", bound=BaseModel)


def read_fiche(file: Path, fiche: str, record: type[M]) -> M:
    """The whole file as a record; `fiche` names it in messages. Raises PlanInvalide."""
    try:
        return record.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlanInvalide(file.name, fiche, "fichier", f"illisible ({error}). Corrigez ce fichier.") from error
    except ValidationError as error:
        first = error.errors()[0]
        champ = ".".join(str(step) for step in first["loc"]) or "fichier"
        message = first["msg"].removeprefix("Value error, ")
        raise PlanInvalide(file.name, fiche, champ, f"valeur refusée ({message}). Corrigez ce champ.") from error
