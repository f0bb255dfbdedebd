"""Say in French what a comparison found: a summary first, then the widest differences; or all of them as a table.

It must not compare or print.
"""

from pathlib import Path

import polars as pl

from marking_plan.national import load_national
from metrics.export.comparaison import CHIFFRE, ICI, LA, MOYENNE, PRESENCES, Comparaison
from metrics.export.fichiers import write_spreadsheet

_MONTRES = 20  # figures shown; write_differences has them all
_NOMS = dict(zip(PRESENCES, ("Semaines", "Écoles et autres établissements", "Autres lignes"), strict=True))


def render_comparaison(found: Comparaison) -> list[str]:
    """The summary, then the widest relative differences between figures."""
    n = found.comptes
    lines = [f"  Jeu {found.fichier.jeu.identifiant} : {len(found.semaines)} semaines et {n.lignes} lignes communes"]
    absentes = len(found.fichier.jeu.colonnes) - len(found.fichier.mesures)
    if absentes:
        lines.append(f"  Colonnes nationales que le fichier n’a pas : {absentes} (non comparées)")
    for presence, nom in _NOMS.items():
        ici, la = found.count(f"{presence}_{ICI}"), found.count(f"{presence}_{LA}")
        lines.append(f"  {nom} : {ici} dans la publication seule, {la} dans le fichier seul")
    if n.vides:
        lines.append(f"  Lignes de la publication sans aucune visite, absentes du fichier : {n.vides} (pas un écart)")
    lines.append(f"  Chiffres comparés : {n.chiffres}, dont {found.count(CHIFFRE)} diffèrent")
    lines.append(f"  Chiffres non comparés : {n.sans_publication} N/A ici seulement, {n.sans_fichier} là seulement")
    moyennes = found.count(MOYENNE)
    if moyennes:
        lines.append(f"  Durées du fichier égales à notre moyenne par visite, et non à notre total : {moyennes}")
    return lines + _render_widest(found.differences.filter(pl.col("nature") == CHIFFRE))


def write_differences(found: Comparaison, path: Path) -> None:
    """Every difference, under national headers. Raises EcritureImpossible."""
    write_spreadsheet(path, found.differences.rename(load_national().entetes, strict=False))


def _render_widest(chiffres: pl.DataFrame) -> list[str]:
    if chiffres.is_empty():
        return []
    widest = chiffres.sort(pl.col("ecart_relatif").abs(), descending=True, nulls_last=True, maintain_order=True)
    lines = [
        f"    {row['debutsemaine']} {row['uai']} {row['colonne']} : {row['publication']} ici, {row['fichier']} dans le "
        f"fichier ({_percent(row['ecart_relatif'], '+')})"
        for row in widest.head(_MONTRES).iter_rows(named=True)
    ]
    median = chiffres["ecart_relatif"].abs().median()
    assert median is None or isinstance(median, float)
    head = f"  Écart relatif médian : {_percent(median)}. Les plus grands ({len(lines)} sur {chiffres.height}) :"
    return [head, *lines]


def _percent(ratio: float | None, sign: str = "") -> str:
    return "sans objet" if ratio is None else f"{100 * ratio:{sign}.1f} %".replace(".", ",")
