"""Read what was received and what is doubtful in it, from the publication in force: four queries.

It must not format, nor read the lake: the publication says what its lots held.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import cast

from marking_plan.etats import GRACE
from marking_plan.semaines import bounds, local_instant
from metrics.engine import Parameters, Row, fetch
from metrics.lecture.ecoles import REGION
from metrics.lecture.edition import Edition
from metrics.ratios import COMPLETE_FROM, is_complete, ratio, share
from metrics.tableau import Noeud
from metrics.tableau.qualite import BilanQualite, Detail, Doute, Livraison, Qualite, SemaineRecue, ServiceMuet

_DIMANCHE = timedelta(days=6)
_LotRow = tuple[str, str | None, str | None, str | None, int, int, datetime | None]


def read_qualite(edition: Edition, noeud: Noeud, annee: str | None) -> Qualite:
    """The whole page of a région for one school year; the latest one when `annee` isn't published."""
    annees = edition.catalogue.annees[::-1]
    chosen = annee if annee in annees else annees[0]
    connection, (du, au) = edition.connection, bounds(chosen)
    span: Parameters = {"du": du, "au": au}
    completude: Parameters = {**span, "provisoire_apres": edition.publication.instant.date() - GRACE - _DIMANCHE}
    rows = [_week(edition, row) for row in fetch(connection, "lecture/qualite_completude", completude)]
    weeks = [week for week in rows if _lies_in(edition, week.noeud, noeud)]
    livraisons = fetch(connection, "lecture/qualite_livraisons", span)
    lots = cast("list[_LotRow]", fetch(connection, "lecture/qualite_lots", {}))
    region = tuple(week for week in weeks if week.noeud.niveau == REGION)
    return Qualite(
        publication=edition.publication,
        noeud=noeud,
        regions=edition.regions,
        commun=True,
        annees=annees,
        annee=chosen,
        bilan=_bilan(region, lots),
        region=region,
        departements=tuple(week for week in weeks if week.noeud.niveau == "departement"),
        livraisons=tuple(_livraison(row) for row in livraisons),
        refus=_details(lots, "refus"),
        hors_plan=_details(lots, "hors_plan"),
        services_muets=tuple(muet for muet in _read_muets(edition) if _lies_in(edition, muet.noeud, noeud)),
        doutes=tuple(Doute(str(nom), str(m), n, str(x)) for what, nom, m, x, n, _, _ in lots if what == "constat"),
    )


def _lies_in(edition: Edition, noeud: Noeud, region: Noeud) -> bool:
    return noeud == region or region in edition.ascendants.get((noeud.niveau, noeud.territoire), ())


def _noeud(edition: Edition, niveau: str, code: str) -> Noeud:
    return edition.noeuds.get((niveau, code)) or Noeud(niveau, code, code)


def _week(edition: Edition, row: Row) -> SemaineRecue:
    line = cast("tuple[str, str, date, int, int, int, int, int, bool]", row)
    niveau, code, debut, ouvertes, mesurees, attendus, found, presumes, provisoire = line
    return SemaineRecue(
        noeud=_noeud(edition, niveau, code),
        debut=debut,
        ouvertes=ouvertes,
        mesurees=mesurees,
        attendus=attendus,
        recus=found - presumes,
        presumes=presumes,
        manquants=attendus - found,
        part=ratio(found, attendus),
        complete=is_complete(found, attendus),
        provisoire=provisoire,
    )


def _livraison(row: Row) -> Livraison:
    line = cast("tuple[str | None, date | None, int, datetime, int, int, int, int, int, int, int]", row)
    plateforme, semaine, lots, derniere, gardees, refusees, datees, rapides, tardives, en_avance, silencieuses = line
    return Livraison(
        plateforme=plateforme,
        semaine=semaine,
        lots=lots,
        derniere=local_instant(derniere),
        gardees=gardees,
        refusees=refusees,
        part_refusee=share(refusees, gardees + refusees),
        part_rapide=ratio(rapides, datees),
        tardives=tardives,
        en_avance=en_avance,
        ecoles_silencieuses=silencieuses,
    )


def _details(lots: list[_LotRow], rubrique: str) -> tuple[Detail, ...]:
    received = sum(lignes for what, _, _, _, lignes, _, _ in lots if what == "recues")
    found = [(str(code), lignes) for what, code, _, _, lignes, _, _ in lots if what == rubrique and lignes]
    return tuple(Detail(code, lignes, share(lignes, received)) for code, lignes in found)


def _read_muets(edition: Edition) -> tuple[ServiceMuet, ...]:
    rows = fetch(edition.connection, "lecture/services_muets", {})
    found = cast("list[tuple[str, str, str, date, int, float | None]]", rows)
    return tuple(
        ServiceMuet(_noeud(edition, niveau, code), service, depuis, semaines, visites)
        for niveau, code, service, depuis, semaines, visites in found
    )


def _bilan(region: tuple[SemaineRecue, ...], lots: list[_LotRow]) -> BilanQualite:
    totals: dict[str, int] = defaultdict(int)
    for what, _, _, _, lignes, _, _ in lots:
        totals[what] += lignes
    attendus = sum(week.attendus for week in region)
    recus = attendus - sum(week.manquants for week in region)
    return BilanQualite(
        seuil=COMPLETE_FROM,
        semaines=len(region),
        completes=sum(week.complete for week in region),
        jours_attendus=attendus,
        jours_recus=recus,
        part_recue=ratio(recus, attendus),
        lots=max((nombre for what, _, _, _, _, nombre, _ in lots if what == "recues"), default=0),
        recues=totals["recues"],
        gardees=totals["gardees"],
        doublons=totals["doublons"],
        refusees=totals["refus"],
        part_refusee=share(totals["refus"], totals["recues"]),
        derniere_livraison=max((local_instant(instant) for *_, instant in lots if instant is not None), default=None),
    )
