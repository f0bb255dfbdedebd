-- Visits of the week with the rank of their modality in each cut that parts them, and the portions that they lie in: their day
-- and, in a week that two months share, their segment. Grain: one visit. Needs visites, portions, temps_classe, modalites,
-- tranches_du_plan.
create or replace temp table codes as
with moments as (
    select cast(max(case when modalite = 'classe' then rang end) as integer) as classe,
        cast(max(case when modalite = 'hors_classe' then rang end) as integer) as hors_classe,
        cast(max(case when modalite = 'soir' then rang end) as integer) as soir,
        cast(max(case when modalite = 'week_end' then rang end) as integer) as week_end,
        cast(max(case when modalite = 'non_renseigne' then rang end) as integer) as inconnu
    from modalites
    where coupe = 'moment'
),
tranches as (
    select cast(m.rang as integer) as duree, t.min_s, t.max_s
    from tranches_du_plan t
    join modalites m on m.cle = t.cle
),
segments as (
    select max(debut) as debut, max(portion) as portion, min(portion) as precedente from portions where periode = 'segment'
),
locales as (
    select acteur, ecole, profil, cast(debut_local as date) as jour, cast(hour(debut_local) as integer) as heure,
        cast(60 * hour(debut_local) + minute(debut_local) as integer) as minute,
        cast(isodow(debut_local) as integer) as jour_semaine, duree_s, appareil, systeme, navigateur, services, types
    from visites
)
select v.acteur, v.ecole, v.profil, v.jour_semaine as jour,
    case when v.jour >= s.debut then s.portion else s.precedente end as segment, v.duree_s, v.appareil, v.systeme, v.navigateur, v.heure, 24 * (v.jour_semaine - 1) + v.heure as creneau, d.duree,
    case
        when t.ecole is null then m.inconnu
        when (v.minute >= t.matin_debut and v.minute < t.matin_fin)
            or (v.minute >= t.apres_midi_debut and v.minute < t.apres_midi_fin) then m.classe
        when t.fin_semaine then m.week_end
        when v.minute >= t.soir_debut or v.minute < t.soir_fin then m.soir
        else m.hors_classe
    end as moment,
    v.services, v.types
from locales v
cross join moments m
cross join segments s
join tranches d on v.duree_s >= d.min_s and (d.max_s is null or v.duree_s < d.max_s)
left join temps_classe t on t.ecole = v.ecole and t.jour = v.jour
order by v.acteur;
