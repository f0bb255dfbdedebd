"""Who may send: the operator's TOML table of vendors, with their secrets, and of tagged sites; read again when it changes.

It must not check a signature or an event. A table that has become wrong leaves the one before in force.
"""

import re
import tomllib
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ingest.collecte.debit import Debit
from ingest.collecte.perimetre import Perimetre
from ingest.collecte.signatures import read_secret
from ingest.errors import CollecteInvalide, SignatureRefusee
from marking_plan.codes import is_uai
from marking_plan.dates import runs
from marking_plan.operateur import explain
from marking_plan.phrases import count_fr
from marking_plan.semaines import today

ACTIFS_MAX = 2  # trust.md C3: the secret in force, and the one that takes over
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def _check_uai(uai: str) -> str:
    if not is_uai(uai):
        raise ValueError(f"« {uai} » n'est pas un UAI")
    return uai


def _check_code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise ValueError(f"« {code} » : minuscules, chiffres, « - » et « _ » attendus, 64 au plus")
    return code


def _check_departement(code: str) -> str:
    if not re.fullmatch(r"[0-9]{3}", code):
        raise ValueError(
            f"« {code} » : les trois chiffres qui commencent les UAI du département sont attendus, comme 034"
        )
    return code


def _check_origine(origine: str) -> str:
    if not re.fullmatch(r"https?://[^/\s]+", origine):
        raise ValueError(
            f"« {origine} » : une origine sans chemin ni barre finale est attendue, comme https://ent.exemple.fr"
        )
    return origine


def _read_secret(text: object) -> bytes:
    try:
        return read_secret(str(text))
    except ValueError as error:
        raise ValueError("secret attendu : « whsec_ » puis 24 octets au moins en base64") from error


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Secret(_Section):
    """A key shared with a vendor; `kid` names it in messages, its bytes are never shown."""

    kid: str = Field(pattern=r"^[\w.-]{1,64}$")
    secret: Annotated[bytes, BeforeValidator(_read_secret)] = Field(repr=False)
    du: date | None = None
    au: date | None = None

    def runs(self, jour: date) -> bool:
        """Whether it may sign that day."""
        return runs(self.du, self.au, jour)


class _Declare(_Section):
    """What vendors and sites have in common: their schools, and how fast they may send."""

    code: Annotated[str, AfterValidator(_check_code)]
    uais: frozenset[Annotated[str, AfterValidator(_check_uai)]] = frozenset()
    departements: frozenset[Annotated[str, AfterValidator(_check_departement)]] = frozenset()
    evenements_s: int = Field(default=20_000, ge=1)

    @model_validator(mode="after")
    def _speaks_of_schools(self) -> "_Declare":
        if not self.uais and not self.departements:
            raise ValueError("« uais » ou « departements » attendu : les écoles dont il peut parler")
        return self

    @cached_property
    def perimetre(self) -> Perimetre:
        """The schools that it may speak of."""
        return Perimetre(self.uais, self.departements)


class Expediteur(_Declare):
    """A vendor that sends signed batches."""

    secrets: tuple[Secret, ...] = Field(min_length=1)

    def secrets_of(self, jour: date) -> list[bytes]:
        """The secrets in force that day."""
        return [secret.secret for secret in self.secrets if secret.runs(jour)]


class Site(_Declare):
    """A tagged site: the origins of its pages. `sans_referent` takes images asked for without telling by which page."""

    origines: tuple[Annotated[str, AfterValidator(_check_origine)], ...] = Field(min_length=1)
    sans_referent: bool = False
    evenements_s: int = Field(default=500, ge=1)


class Table(_Section):
    """The whole file."""

    expediteurs: tuple[Expediteur, ...] = ()
    sites: tuple[Site, ...] = ()

    @property
    def tous(self) -> tuple[Expediteur | Site, ...]:
        """All that may send."""
        return self.expediteurs + self.sites

    @model_validator(mode="after")
    def _is_sound(self) -> "Table":
        if not self.tous:
            raise ValueError("aucun expéditeur ni site n'est déclaré")
        codes = [declared.code for declared in self.tous]
        if len(set(codes)) < len(codes):
            raise ValueError("un code est déclaré deux fois")
        origines = [origine for site in self.sites for origine in site.origines]
        if len(set(origines)) < len(origines):
            raise ValueError("une origine est déclarée deux fois")
        if sum(site.sans_referent for site in self.sites) > 1:
            raise ValueError("un seul site peut recevoir les images sans référent")
        for expediteur in self.expediteurs:
            _check_rotation(expediteur)
        return self


def _check_rotation(expediteur: Expediteur) -> None:
    """Refuse more secrets in force at once than a rotation needs, whatever the day."""
    starts = [secret.du or date.min for secret in expediteur.secrets]
    if any(len(expediteur.secrets_of(jour)) > ACTIFS_MAX for jour in starts):
        raise ValueError(f"{expediteur.code} : {ACTIFS_MAX} secrets en cours à la fois au plus ; datez-les")


def load_table(path: Path) -> Table:
    """The table of a file. Raises CollecteInvalide when it can't be used, or when other accounts may read its secrets."""
    try:
        mode, text = path.stat().st_mode, path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise CollecteInvalide(
            f"{path} : table des expéditeurs illisible. Indiquez un fichier TOML en UTF-8."
        ) from error
    if mode & 0o007:
        raise CollecteInvalide(
            f"{path} : tous peuvent lire ces secrets. Retirez-leur ce droit : chmod o-rwx {path.name}."
        )
    try:
        return Table.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CollecteInvalide(f"{path} : fichier TOML attendu ({error}).") from error
    except ValidationError as error:
        champ, probleme = explain(error)
        raise CollecteInvalide(f"{path}, « {champ or 'table'} » : {probleme}. Corrigez ce champ.") from error


class Registre:
    """The table in force and the rates of each sender. `refresh` is to be called now and then, by one thread."""

    def __init__(self, path: Path, say: Callable[[str], None]) -> None:
        self._path, self._say = path, say
        self._seen = self._stamp()
        self._use(load_table(path))

    def _use(self, table: Table) -> None:
        muets = sorted(e.code for e in table.expediteurs if not e.secrets_of(today()))
        suite = f" Sans secret en cours : {', '.join(muets)}." if muets else ""
        self._say(
            f"Table lue : {count_fr(len(table.expediteurs), 'expéditeur', 'expéditeurs')}, "
            f"{count_fr(len(table.sites), 'site', 'sites')}.{suite}"
        )
        self.expediteurs = {declared.code: declared for declared in table.expediteurs}
        self.origines = {origine: site for site in table.sites for origine in site.origines}
        self.sans_referent = next((site for site in table.sites if site.sans_referent), None)
        self._debits = {declared.code: Debit(declared.evenements_s) for declared in table.tous}

    def find_debit(self, code: str) -> Debit:
        """How fast a sender may go. Raises SignatureRefusee when it was taken out of the table meanwhile."""
        if (debit := self._debits.get(code)) is None:
            raise SignatureRefusee("Cet expéditeur n'est plus déclaré auprès du collecteur.")
        return debit

    def refresh(self) -> None:
        """Read the table again if its file changed; one that can't be used is told of, and the former stays."""
        if (stamp := self._stamp()) == self._seen:
            return
        self._seen = stamp
        try:
            self._use(load_table(self._path))
        except CollecteInvalide as error:
            self._say(f"{error.message} La table d'avant reste en vigueur.")

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ctime_ns, found.st_size, found.st_ino  # its rights may have changed alone
