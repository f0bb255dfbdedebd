"""The campaign of `make attaque`: attack every period of a simulated region under each policy, alone and all together.

It must not know how an attack works: it prints what each policy hides and what gives way. Sizes: schools, then weeks.
"""

import sys
import tempfile
import time
from pathlib import Path

from bench.attaque import GRAINS, Bilan, Periode, attack, attack_together, read_periods, simulate_lake
from bench.attaque.lecture import TOTAL
from bench.attaque.masques import COUPES, Poids, weigh
from bench.attaque.preuve import find_chain
from bench.attaque.programme import make_systeme
from marking_plan import load_plan
from metrics.engine import connect_publication
from metrics.publication import publish

ECOLES, SEMAINES = 40, 9
_POLITIQUES = ("groupes", "familles")
_SHOWN = 3  # recovered cells of which the chain is printed


def main(ecoles: int = ECOLES, semaines: int = SEMAINES) -> None:
    """Publish a simulated lake exactly and under each policy, and attack."""
    with tempfile.TemporaryDirectory() as folder:
        donnees, plan = simulate_lake(Path(folder), ecoles, semaines), load_plan()
        exacte = publish(donnees, plan, politique="exacte").path
        for politique in _POLITIQUES:
            protege = publish(donnees, plan, politique=politique).path
            for grain in GRAINS:
                _attack_grain(politique, grain, protege, exacte)
            _attack_joint(politique, protege)


def _attack_grain(politique: str, grain: str, protege: Path, exacte: Path) -> None:
    start = time.perf_counter()
    with connect_publication(protege) as connection:
        periodes = list(read_periods(connection, grain))
    bilans = [attack(periode) for periode in periodes]
    _print(f"{politique:9}{grain:8}", bilans, time.perf_counter() - start)
    for periode, bilan in zip(periodes, bilans, strict=True):
        if bilan.retrouvees:
            _print_chains([periode], [bilan])
            break
    if grain != "jour":
        _print_poids(weigh(protege, exacte, grain))


def _attack_joint(politique: str, protege: Path) -> None:
    start = time.perf_counter()
    with connect_publication(protege) as connection:
        periodes = [periode for grain in ("annee", "mois", "semaine") for periode in read_periods(connection, grain)]
    bilans = attack_together(periodes)
    _print(f"{politique:9}{'together':8}", bilans, time.perf_counter() - start)
    _print_chains(periodes, bilans)


def _print(title: str, bilans: list[Bilan], seconds: float) -> None:
    found = [cell for bilan in bilans for cell in bilan.retrouvees]
    totals = sum(cell[3:] == TOTAL for cell in found)
    cells, masked = sum(b.cellules for b in bilans), sum(b.masquees for b in bilans)
    print(
        f"{title} {len(bilans):3} periods {cells:9,} cells  {masked:8,} unknown  {len(found) - totals:5} cells and "
        f"{totals} totals recovered  {seconds:6.1f} s",
        flush=True,
    )


def _print_poids(poids: Poids) -> None:
    users = "" if poids.utilisateurs is None else f", {poids.utilisateurs:.1%} of users"
    print(f"  {poids.cellules:,} used cells: {poids.masquees:.1%} masked, {poids.visites:.1%} of visits{users}")
    for niveau in dict.fromkeys(niveau for niveau, _ in poids.par_niveau):
        shares = (f"{c} {poids.par_niveau[niveau, c]:.1%}" for c in COUPES if (niveau, c) in poids.par_niveau)
        print(f"    {niveau:16}{'  '.join(shares)}", flush=True)


def _print_chains(periodes: list[Periode], bilans: list[Bilan]) -> None:
    systeme = make_systeme(periodes)
    found = [(n, cell) for n, bilan in enumerate(bilans) for cell in bilan.retrouvees]
    for n, cell in found[:_SHOWN]:
        print(f"  {periodes[n].grain} {periodes[n].debut} {' '.join(cell)}")
        for line in find_chain(systeme, (n, cell)):
            print(f"    {line}", flush=True)


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:3]))
