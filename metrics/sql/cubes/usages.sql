-- What each acteur did: visits and seconds of the week by modality of each cut, also for each segment (week in a
-- month) of a week that two months share, and of each day in all. The base of every exact count.
-- Grain: periode, debut, acteur, cle. Parameter: $debut (Monday of the week). Needs visites, acteurs, temps_classe,
-- modalites, tranches_du_plan, masques.
create or replace temp table usages as
with bases as (
    select max(case when coupe = 'total' then cle end) as total,
        max(case when coupe = 'appareil' and rang = 0 then cle end) as appareil,
        max(case when coupe = 'systeme' and rang = 0 then cle end) as systeme,
        max(case when coupe = 'navigateur' and rang = 0 then cle end) as navigateur,
        max(case when coupe = 'heure' and rang = 0 then cle end) as heure,
        max(case when coupe = 'creneau' and rang = 0 then cle end) as creneau,
        max(case when coupe = 'moment' and modalite = 'classe' then cle end) as classe,
        max(case when coupe = 'moment' and modalite = 'hors_classe' then cle end) as hors_classe,
        max(case when coupe = 'moment' and modalite = 'soir' then cle end) as soir,
        max(case when coupe = 'moment' and modalite = 'week_end' then cle end) as week_end,
        max(case when coupe = 'moment' and modalite = 'non_renseigne' then cle end) as moment_inconnu
    from modalites
),
visites_acteurs as (
    select acteur, cast(debut_local as date) as jour, cast(hour(debut_local) as integer) as heure,
        cast(60 * hour(debut_local) + minute(debut_local) as integer) as minute,
        cast(isodow(debut_local) as integer) as jour_semaine, duree_s, appareil, systeme, navigateur, services, types
    from visites
),
moments as (
    select v.acteur, v.jour, v.duree_s, t.ecole is null as inconnu, t.fin_semaine,
        (v.minute >= t.matin_debut and v.minute < t.matin_fin)
            or (v.minute >= t.apres_midi_debut and v.minute < t.apres_midi_fin) as en_classe,
        v.minute >= t.soir_debut or v.minute < t.soir_fin as le_soir
    from visites_acteurs v
    join acteurs a on a.acteur = v.acteur
    left join temps_classe t on t.ecole = a.ecole and t.jour = v.jour
),
lignes as (
    select acteur, jour, duree_s, b.total as cle from visites_acteurs cross join bases b
    union all
    select v.acteur, v.jour, v.duree_s, b.appareil + v.appareil from visites_acteurs v cross join bases b
    union all
    select v.acteur, v.jour, v.duree_s, b.systeme + v.systeme from visites_acteurs v cross join bases b
    union all
    select v.acteur, v.jour, v.duree_s, b.navigateur + v.navigateur from visites_acteurs v cross join bases b
    union all
    select v.acteur, v.jour, v.duree_s, b.heure + v.heure from visites_acteurs v cross join bases b
    union all
    select v.acteur, v.jour, v.duree_s, b.creneau + 24 * (v.jour_semaine - 1) + v.heure
    from visites_acteurs v cross join bases b
    union all
    select m.acteur, m.jour, m.duree_s,
        case
            when m.inconnu then b.moment_inconnu
            when m.en_classe then b.classe
            when m.fin_semaine then b.week_end
            when m.le_soir then b.soir
            else b.hors_classe
        end
    from moments m cross join bases b
    union all
    select v.acteur, v.jour, v.duree_s, t.cle
    from visites_acteurs v
    join tranches_du_plan t on v.duree_s >= t.min_s and (t.max_s is null or v.duree_s < t.max_s)
    union all
    select v.acteur, v.jour, v.duree_s, m.cle
    from visites_acteurs v
    join masques m on (case m.coupe when 'type' then v.types else v.services end) & m.masque <> 0
),
semaine as (
    select acteur, cle, count(*) as visites, cast(sum(duree_s) as bigint) as duree_s
    from lignes group by acteur, cle
)
select 'semaine' as periode, cast($debut as date) as debut, acteur, cle, visites, duree_s from semaine
union all
select 'semaine', cast($debut as date), s.acteur, a.cle, s.visites, s.duree_s
from semaine s
join bases b on b.total = s.cle
join assiduites a on s.visites >= a.min_visites and (a.max_visites is null or s.visites <= a.max_visites)
union all
select 'segment', greatest(cast($debut as date), cast(date_trunc('month', jour) as date)), acteur, cle, count(*),
    cast(sum(duree_s) as bigint)
from lignes
where date_trunc('month', cast($debut as date)) <> date_trunc('month', cast($debut as date) + 6)
group by date_trunc('month', jour), acteur, cle
union all
select 'jour', jour, acteur, b.total, count(*), cast(sum(duree_s) as bigint)
from visites_acteurs cross join bases b
group by jour, acteur, b.total;
