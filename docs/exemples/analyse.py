"""Exemple d’analyse : une page HTML autonome (visites, écoles actives, moments) tirée d’une publication.

Usage : python docs/exemples/analyse.py DOSSIER_PUBLICATION PAGE.html
Lit le fichier en lecture seule et n’appelle aucun réseau ; il n’ajoute jamais des utilisateurs et dit ce qui est masqué.
"""

import sys
from pathlib import Path

import duckdb
import plotly.graph_objects as go
import polars as pl

CONFIG = {
    "showSendToCloud": False,
    "displaylogo": False,
    "locale": "fr",
}  # sans le bouton qui envoie le graphique au nuage
_SEMAINES = """
    select v.debut as semaine, v.departement, coalesce(t.nom, v.departement) as nom, v.visites, v.etat, v.provisoire,
        p.mesurees, p.actives
    from v_departement_semaine v
    join calendrier c on c.jour = v.debut
    left join territoires t
        on t.annee_scolaire = c.annee_scolaire and t.niveau = 'departement' and t.territoire = v.departement
    left join perimetre p
        on p.periode = 'semaine' and p.debut = v.debut and p.niveau = 'departement' and p.territoire = v.departement
    order by v.departement, v.debut
"""
_MOMENTS = """
    select f.debut as mois, f.territoire as region, m.ordre, m.libelle as moment, f.visites, f.etat
    from frequentation_mois f
    join plan_modalites m on m.coupe = f.coupe and m.code = f.modalite
    where f.niveau = 'region' and f.profil = 'tous' and f.coupe = 'moment'
    order by f.debut, f.territoire, m.ordre
"""


def ouvrir(dossier: Path) -> duckdb.DuckDBPyConnection:
    """La publication en vigueur, en lecture seule et sans accès au reste de la machine."""
    courant = dossier / "courant"
    if not courant.exists():
        sys.exit(f"Aucune publication dans {dossier} : lancez « dnma publish », ou donnez le dossier « publication ».")
    fichier = dossier / courant.read_text("utf-8").strip()
    return duckdb.connect(
        str(fichier), read_only=True, config={"enable_external_access": "false", "lock_configuration": "true"}
    )


def tracer_semaines(semaines: pl.DataFrame) -> go.Figure:
    """Visites par semaine et département : un trou là où il n’y a pas de valeur, jamais un zéro."""
    figure = go.Figure(layout={"title": "Visites par semaine et par département", "yaxis": {"rangemode": "tozero"}})
    for (nom,), lignes in semaines.group_by(["nom"], maintain_order=True):
        figure.add_scatter(
            x=lignes["semaine"].to_list(), y=lignes["visites"].to_list(), name=str(nom), mode="lines+markers"
        )
    figure.update_xaxes(tickformat="%d/%m/%Y")
    return figure


def tracer_moments(moments: pl.DataFrame) -> go.Figure:
    """Visites selon leur moment ; une barre manque là où le chiffre est secret."""
    figure = go.Figure(layout={"title": "Moments de début des visites, par mois", "barmode": "group"})
    connus = moments.filter(pl.col("etat") == "valeur")
    for (moment,), lignes in connus.group_by(["moment"], maintain_order=True):
        figure.add_bar(x=lignes["mois"].to_list(), y=lignes["visites"].to_list(), name=str(moment))
    figure.update_xaxes(tickformat="%m/%Y", dtick="M1")
    return figure


def resumer(semaines: pl.DataFrame, moments: pl.DataFrame) -> pl.DataFrame:
    """Visites et part d’écoles actives de chaque semaine, avec les départements sans valeur : leur somme est un minimum."""
    secretes = moments.filter(pl.col("etat") == "secret").height
    print(f"Moments : {secretes} cases secrètes sur {moments.height}, absentes du graphique.")
    return (
        semaines.group_by("semaine")
        .agg(
            pl.col("visites").sum(),
            pl.col("visites").is_null().sum().alias("departements_sans_valeur"),
            (100 * pl.col("actives").sum() / pl.col("mesurees").sum()).round(1).alias("ecoles_actives_pour_cent"),
            pl.col("provisoire").any(),
        )
        .sort("semaine")
    )


def main(dossier: Path, page: Path) -> None:
    """Écrire la page et dire de quelle publication elle vient."""
    with ouvrir(dossier) as base:
        numero, instant, simulee = base.execute("select numero, instant, simulee from publication").fetchall()[0]
        semaines, moments = base.sql(_SEMAINES).pl(), base.sql(_MOMENTS).pl()
    print(resumer(semaines, moments))
    arrete = f"Publication n° {numero}, chiffres arrêtés le {instant:%d/%m/%Y à %H:%M} (temps universel)"
    arrete += ", données simulées." if simulee else "."
    dessins = [
        figure.to_html(full_html=False, include_plotlyjs=premier, config=CONFIG)
        for figure, premier in ((tracer_semaines(semaines), True), (tracer_moments(moments), False))
    ]
    tete = '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Fréquentation de l’ENT</title>'
    page.write_text(f"{tete}<h1>Fréquentation de l’ENT</h1><p>{arrete}</p>{''.join(dessins)}</html>", "utf-8")
    print(f"{arrete} Page écrite : {page}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Usage : python docs/exemples/analyse.py DOSSIER_PUBLICATION PAGE.html")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
