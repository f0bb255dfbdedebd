-- Lower median of the visits' durations: the smallest duration that at least half of the visits don't exceed.
-- Grain: periode, debut, niveau, territoire, profil. Parameter: $debut (Monday of the week). Needs visites, placement, appartenance.
create or replace temp table medianes as
with datees as (
    select 'semaine' as periode, cast($debut as date) as debut, uai, profil, duree_s from visites
    union all
    select 'jour', cast(debut_local as date), uai, profil, duree_s from visites
),
durees as (
    select periode, debut, uai, profil, duree_s, count(*) as visites
    from datees
    group by periode, debut, uai, profil, duree_s
),
histogramme as (
    select d.periode, d.debut, p.niveau, p.territoire, a.groupe as profil, d.duree_s, sum(d.visites) as visites
    from durees d
    join placement p on p.uai = d.uai
    join appartenance a on a.profil = d.profil
    group by d.periode, d.debut, p.niveau, p.territoire, a.groupe, d.duree_s
),
cumuls as (
    select periode, debut, niveau, territoire, profil, duree_s,
        sum(visites) over (partition by periode, debut, niveau, territoire, profil order by duree_s) as cumul,
        sum(visites) over (partition by periode, debut, niveau, territoire, profil) as total
    from histogramme
)
select periode, debut, niveau, territoire, profil, min(duree_s) as duree_mediane_s
from cumuls
where 2 * cumul >= total
group by periode, debut, niveau, territoire, profil;
