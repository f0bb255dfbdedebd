-- Months and school years: visits and durations add up from segments of weeks; users come from the registers, for `total` alone.
-- Grain: periode, debut, niveau, territoire, profil, coupe, modalite. Needs cubes, calendrier. Parameter: $fichiers (users of the registers).
insert into cubes
with segments as (
    select debut, niveau, territoire, profil, coupe, modalite, visites, duree_s
    from cubes
    where periode = 'segment'
        or (periode = 'semaine' and date_trunc('month', debut) = date_trunc('month', debut + 6))
),
datees as (
    select 'mois' as periode, cast(date_trunc('month', debut) as date) as debut, niveau, territoire, profil, coupe,
        modalite, visites, duree_s
    from segments
    union all
    select 'annee', cast(substr(c.annee_scolaire, 1, 4) || '-08-01' as date), s.niveau, s.territoire, s.profil,
        s.coupe, s.modalite, s.visites, s.duree_s
    from segments s
    join calendrier c on c.jour = s.debut
    where s.coupe in ('total', 'service', 'famille', 'appareil', 'duree')
),
sommes as (
    select periode, debut, niveau, territoire, profil, coupe, modalite,
        cast(sum(visites) as bigint) as visites, cast(sum(duree_s) as bigint) as duree_s
    from datees
    group by periode, debut, niveau, territoire, profil, coupe, modalite
),
personnes as (
    select periode, debut, niveau, territoire, profil, 'total' as coupe, 'total' as modalite, utilisateurs
    from read_parquet($fichiers)
)
select coalesce(s.periode, p.periode), coalesce(s.debut, p.debut), coalesce(s.niveau, p.niveau),
    coalesce(s.territoire, p.territoire), coalesce(s.profil, p.profil), coalesce(s.coupe, p.coupe),
    coalesce(s.modalite, p.modalite),
    coalesce(s.visites, 0), p.utilisateurs, coalesce(s.duree_s, 0), cast(null as bigint)
from sommes s
full join personnes p
    on p.periode = s.periode and p.debut = s.debut and p.niveau = s.niveau and p.territoire = s.territoire
    and p.profil = s.profil and p.coupe = s.coupe and p.modalite = s.modalite;
