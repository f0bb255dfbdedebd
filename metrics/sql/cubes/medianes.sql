-- Lower median of the visits' durations: the smallest duration that at least half of the visits don't exceed.
-- Grain: niveau, territoire, profil. Needs visites, placement, appartenance.
create or replace temp table medianes as
with durees as (
    select uai, profil, duree_s, count(*) as visites from visites group by uai, profil, duree_s
),
histogramme as (
    select p.niveau, p.territoire, a.groupe as profil, d.duree_s, sum(d.visites) as visites
    from durees d
    join placement p on p.uai = d.uai
    join appartenance a on a.profil = d.profil
    group by p.niveau, p.territoire, a.groupe, d.duree_s
),
cumuls as (
    select niveau, territoire, profil, duree_s,
        sum(visites) over (partition by niveau, territoire, profil order by duree_s) as cumul,
        sum(visites) over (partition by niveau, territoire, profil) as total
    from histogramme
)
select niveau, territoire, profil, min(duree_s) as duree_mediane_s
from cumuls
where 2 * cumul >= total
group by niveau, territoire, profil;
