"""The operator's table of rights: a CSV file, each line a role and a node for a subject, or for a function at a UAI.

It must not store who a person is beyond the subject, nor look a node up: the publication in force does.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboards.acces.configuration import Dpd
from dashboards.acces.errors import ConfigurationInvalide
from dashboards.acces.identite import SUJET, Identite
from dashboards.acces.roles import Role, is_open, open_portee
from marking_plan import load_plan
from marking_plan.codes import is_uai
from marking_plan.dates import runs
from marking_plan.phrases import count_fr
from metrics.tableau import RIEN, Portee

COLONNES = ("sujet", "fonction", "uai", "role", "niveau", "territoire", "du", "au")
TOUT_NIVEAU = "tout"


@dataclass(frozen=True, slots=True)
class Habilitation:
    """One line. `territoire` is empty with the niveau `tout`; both are for a role that reads no board."""

    sujet: str
    fonction: str
    uai: str
    role: Role
    niveau: str
    territoire: str
    du: date | None
    au: date | None

    @property
    def portee(self) -> Portee:
        """What the line opens."""
        if self.niveau == TOUT_NIVEAU:
            return open_portee(self.role, None)
        return open_portee(self.role, frozenset({(self.niveau, self.territoire)})) if self.niveau else RIEN

    def holds(self, identite: Identite, jour: date) -> bool:
        """Whether it is this person's, that day."""
        named = self.sujet == identite.sujet if self.sujet else (self.fonction, self.uai) in identite.fonctions
        return named and self.runs(jour)

    def runs(self, jour: date) -> bool:
        """Whether that day is within its dates."""
        return runs(self.du, self.au, jour)


@dataclass(frozen=True, slots=True)
class Droits:
    """What a person may do that day; `suspendus` are roles that wait for the DPD's decision."""

    roles: tuple[Role, ...]
    portee: Portee
    suspendus: tuple[Role, ...]


def grant(
    habilitations: Iterable[Habilitation], identite: Identite, dpd: Dpd, jour: date, responsabilites: bool
) -> Droits:
    """All rights of a person put together; none of them: no role."""
    given = [(h.role, h.portee) for h in habilitations if h.holds(identite, jour)]
    if responsabilites:
        for uai in _charges(identite, jour):
            for role, niveau in ((Role.CONSEILLER, "circonscription"), (Role.DIRECTEUR, "uai")):
                given.append((role, open_portee(role, frozenset({(niveau, uai)}))))
    opened = [(role, portee) for role, portee in given if is_open(role, dpd, jour)]
    portee = RIEN
    for _, found in opened:
        portee |= found
    roles = {role for role, _ in opened}
    waiting = {role for role, _ in given} - roles
    return Droits(
        tuple(role for role in Role if role in roles), portee, tuple(role for role in Role if role in waiting)
    )


def load_habilitations(path: Path) -> tuple[Habilitation, ...]:
    """Lines of the table. Raises ConfigurationInvalide, naming the line."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationInvalide(
            f"{path} : table des habilitations illisible, fichier CSV en UTF-8 attendu."
        ) from error
    reader = csv.DictReader(io.StringIO(text), delimiter=";")
    if tuple(reader.fieldnames or ()) != COLONNES:
        raise ConfigurationInvalide(f"{path} : les colonnes doivent être « {';'.join(COLONNES)} », dans cet ordre.")
    return tuple(_read_line(row, f"{path}, ligne {number}") for number, row in enumerate(reader, 2))


def describe_habilitations(habilitations: Iterable[Habilitation], dpd: Dpd, jour: date) -> list[str]:
    """One line a right as it stands that day, in French, for the operator who checks the table."""
    lines = []
    for h in habilitations:
        who = h.sujet or f"{h.fonction} de {h.uai}"
        where = h.niveau if h.niveau in ("", TOUT_NIVEAU) else f"{h.niveau} {h.territoire}"
        if not is_open(h.role, dpd, jour):
            state = "attend la décision du DPD"
        else:
            state = "en cours" if h.runs(jour) else "hors de ses dates"
        lines.append(f"{who} : {h.role}, {where or 'sans territoire'} ({state})")
    return [*lines, f"{count_fr(len(lines), 'habilitation', 'habilitations')}, table valide."]


def _charges(identite: Identite, jour: date) -> frozenset[str]:
    """UAIs in the person's care that day, their own and delegated."""
    return identite.responsabilites | {d.uai for d in identite.delegations if d.du <= jour <= d.au}


def _read_line(row: dict[str, str | None], where: str) -> Habilitation:
    if None in row or any(row[name] is None for name in COLONNES):
        raise ConfigurationInvalide(f"{where} : {len(COLONNES)} colonnes attendues.")
    values = {name: (row[name] or "").strip() for name in COLONNES}
    sujet, fonction, uai, niveau = (values[name] for name in ("sujet", "fonction", "uai", "niveau"))
    if bool(sujet) == bool(fonction or uai) or bool(fonction) != bool(uai):
        raise ConfigurationInvalide(f"{where} : donnez soit « sujet », soit « fonction » et « uai ».")
    if sujet and not SUJET.fullmatch(sujet):
        raise ConfigurationInvalide(f"{where} : « {sujet} » n’est pas un identifiant du guichet.")
    if uai and not is_uai(uai):
        raise ConfigurationInvalide(f"{where} : « {uai} » n’est pas un UAI valide.")
    role = _read_role(values["role"], where)
    _check_node(role, niveau, values["territoire"], where)
    du, au = _read_day(values["du"], where), _read_day(values["au"], where)
    if du and au and du > au:
        raise ConfigurationInvalide(f"{where} : « du » suit « au ». Corrigez l’une des deux dates.")
    return Habilitation(sujet, fonction, uai, role, niveau, values["territoire"], du, au)


def _read_role(texte: str, where: str) -> Role:
    if texte not in set(Role):
        raise ConfigurationInvalide(f"{where} : rôle « {texte} » inconnu. Choisissez : {', '.join(Role)}.")
    return Role(texte)


def _check_node(role: Role, niveau: str, territoire: str, where: str) -> None:
    niveaux = [known.code for known in load_plan().niveaux]
    boardless = role in (Role.DPD, Role.ANALYSTE) and not niveau and not territoire
    if boardless or (niveau == TOUT_NIVEAU and not territoire) or (niveau in niveaux and territoire):
        return
    raise ConfigurationInvalide(
        f"{where} : « niveau » et « territoire » attendus. Niveaux : {', '.join(niveaux)}, ou {TOUT_NIVEAU} sans territoire."
    )


def _read_day(texte: str, where: str) -> date | None:
    try:
        return date.fromisoformat(texte) if texte else None
    except ValueError as error:
        raise ConfigurationInvalide(f"{where} : « {texte} » n’est pas une date de la forme 2026-09-01.") from error
