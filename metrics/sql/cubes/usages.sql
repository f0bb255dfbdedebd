-- What each person did in each school and profile: in the week for each modality of each
-- cut, also for each segment (week in a month) of a week that two months share, and each day in all.
-- The base of every exact count. Grain: periode, debut, uai, profil, coupe, modalite, visiteur.
-- Parameter: $debut (Monday of the week). Needs visites, services_du_plan(code, famille), tranches_du_plan(code, min_s, max_s).
create or replace temp table usages as
with modalites as (
    select debut_local, uai, profil, visiteur, duree_s, 'total' as coupe, 'total' as modalite from visites
    union all
    select debut_local, uai, profil, visiteur, duree_s, 'appareil', appareil from visites
    union all
    select debut_local, uai, profil, visiteur, duree_s, 'systeme', systeme from visites
    union all
    select debut_local, uai, profil, visiteur, duree_s, 'navigateur', navigateur from visites
    union all
    select debut_local, uai, profil, visiteur, duree_s, 'heure', strftime(debut_local, '%H') from visites
    union all
    select debut_local, uai, profil, visiteur, duree_s, 'creneau', isodow(debut_local) || '-' || strftime(debut_local, '%H') from visites
    union all
    select v.debut_local, v.uai, v.profil, v.visiteur, v.duree_s, 'duree', t.code
    from visites v
    join tranches_du_plan t on v.duree_s >= t.min_s and (t.max_s is null or v.duree_s < t.max_s)
    union all
    select debut_local, uai, profil, visiteur, duree_s, 'service', unnest(services) from visites
    union all
    select debut_local, uai, profil, visiteur, duree_s, 'type', unnest(types) from visites
    union all
    select debut_local, uai, profil, visiteur, duree_s, 'famille', unnest(familles)
    from (
        select v.debut_local, v.uai, v.profil, v.visiteur, v.duree_s,
            list_distinct(list_transform(v.services, lambda s: f.familles[s])) as familles
        from visites v
        cross join (select map_from_entries(list((code, famille))) as familles from services_du_plan) f
    )
),
datees as (
    select 'semaine' as periode, cast($debut as date) as debut, uai, profil, visiteur, duree_s, coupe, modalite
    from modalites
    union all
    select 'segment', greatest(cast($debut as date), cast(date_trunc('month', debut_local) as date)),
        uai, profil, visiteur, duree_s, coupe, modalite
    from modalites
    where date_trunc('month', cast($debut as date)) <> date_trunc('month', cast($debut as date) + 6)
    union all
    select 'jour', cast(debut_local as date), uai, profil, visiteur, duree_s, 'total', 'total' from visites
)
select periode, debut, uai, profil, coupe, modalite, visiteur, count(*) as visites, sum(duree_s) as duree_s
from datees
group by periode, debut, uai, profil, coupe, modalite, visiteur;
