"""Columns of events written as native NDJSON lines (design 5), faults included.
Must not choose what is faulty nor in which file a line goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
import pyarrow as pa

from bench.simulation.faults import ECRITURES_AGENT, ECRITURES_SERVICE
from bench.simulation.population import Population
from bench.simulation.region import Ecole
from bench.simulation.usage import ECRITURES_PROFIL, MARQUAGES

LONGUEUR_COUPEE = 70
INSTANT_FORMAT = "%Y-%m-%dT%H:%M:%S%.3f"
TYPE_INCONNU = "MIXTE"
PLATEFORME = "SIMULATION"  # the data carry their own label, all the way to the boards


@dataclass(frozen=True, slots=True)
class Ecritures:
    """The vendor's texts, gathered by index."""

    uai: pl.Series
    uai_faux: pl.Series
    plateforme: pl.Series
    profil: pl.Series
    service: pl.Series
    type_marquage: pl.Series
    agent: pl.Series
    jeton: pl.Series


def make_texts(region: Sequence[Ecole], population: Population) -> Ecritures:
    return Ecritures(
        uai=pl.Series([e.uai for e in region]),
        uai_faux=pl.Series([e.uai[:7] + ("A" if e.uai[7] != "A" else "B") for e in region]),
        plateforme=pl.Series([f"{PLATEFORME}-{e.departement.prefixe_uai}" for e in region]),
        profil=pl.Series(ECRITURES_PROFIL),
        service=pl.Series(ECRITURES_SERVICE),
        type_marquage=pl.Series([*(m.type_marquage for m in MARQUAGES), "NATIF"]),
        agent=pl.Series(ECRITURES_AGENT),
        jeton=pl.Series("jeton", population.jetons),
    )


def write_lines(lignes: pl.DataFrame, textes: Ecritures, lundi: date) -> pa.Buffer:
    """The lines as UTF-8 bytes, a newline after each."""
    colonnes = lignes.select(
        "motif",
        pl.concat_str(
            pl.lit('{"instant":'),
            _instant(),
            pl.lit(',"uai":"'),
            _uai(lignes, textes),
            pl.lit('","profil":"'),
            textes.profil.gather(lignes["profil"]),
            pl.lit('","service":"'),
            textes.service.gather(lignes["service"]),
            pl.lit('"'),
            _visiteur(lignes, textes),
            _agent(lignes, textes),
            pl.lit(',"type":"'),
            _type(lignes, textes),
            pl.lit('","plateforme":"'),
            textes.plateforme.gather(lignes["ecole"]),
            pl.lit('"'),
            _extra_field(),
            pl.lit(f',"id":"{lundi:%Y%m%d}-'),
            "numero",
            pl.lit('"}'),
        ).alias("ligne"),
    )
    coupee = pl.when(pl.col("motif") == "ligne_illisible").then(pl.col("ligne").str.head(LONGUEUR_COUPEE))
    return as_bytes(colonnes.select(coupee.otherwise("ligne") + "\n").to_series())


def local_text(motif: str) -> pl.Expr:
    """Local time in the given strftime shape."""
    return pl.from_epoch(pl.col("instant_ms") + pl.col("decalage_ms"), time_unit="ms").dt.strftime(motif)


def as_bytes(lignes: pl.Series) -> pa.Buffer:
    """The texts end to end, without a copy: an Arrow string column is one buffer."""
    colonne = lignes.rechunk().to_arrow()
    _, _, octets = colonne.buffers()
    assert octets is not None
    return octets


def _instant() -> pl.Expr:
    heures = pl.col("decalage_ms") // 3_600_000
    ecrit = pl.concat_str(pl.lit('"'), local_text(INSTANT_FORMAT), pl.lit("+0"), heures, pl.lit(':00"'))
    return _for_motif("instant_absent", "null", _for_motif("instant_invalide", '"hier matin"', ecrit))


def _uai(lignes: pl.DataFrame, textes: Ecritures) -> pl.Expr:
    juste, faux = (pl.lit(uais.gather(lignes["ecole"])) for uais in (textes.uai, textes.uai_faux))
    return pl.when(pl.col("motif") == "uai_invalide").then(faux).otherwise(juste)


def _visiteur(lignes: pl.DataFrame, textes: Ecritures) -> pl.Expr:
    jeton = pl.lit(textes.jeton.gather(lignes["personne"]))
    return _for_motif("visiteur_absent", "", pl.concat_str(pl.lit(',"visiteur":"'), jeton, pl.lit('"')))


def _agent(lignes: pl.DataFrame, textes: Ecritures) -> pl.Expr:
    agent = pl.lit(textes.agent.gather(lignes["agent"]))
    return pl.concat_str(pl.lit(',"agent":"'), agent, pl.lit('"')).fill_null("")


def _type(lignes: pl.DataFrame, textes: Ecritures) -> pl.Expr:
    juste = pl.lit(textes.type_marquage.gather(lignes["service"]))
    return _for_motif("valeur_invalide", TYPE_INCONNU, juste)


def _extra_field() -> pl.Expr:
    opposition = _for_motif("opposition", ',"opposition":true', pl.lit(""))
    return _for_motif("champ_personnel", ',"mail":"personne@exemple.invalid"', opposition)


def _for_motif(motif: str, texte: str, sinon: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("motif") == motif).then(pl.lit(texte)).otherwise(sinon)
