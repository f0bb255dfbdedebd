-- State of each school and day. Grain: debut (the day), uai. Needs completude_ecoles, calendrier, cubes.
-- Only school days, and other days with a visit: nobody expects an absence to be said on a Sunday.
create or replace temp table etats_jours as
with visitees as (
    select debut, territoire as uai from cubes
    where periode = 'jour' and niveau = 'uai' and profil = 'tous'
)
select c.jour as debut, k.annee_scolaire, c.uai,
    case
        when v.uai is not null or c.recu = 'oui' then 'valeur'
        when c.recu = 'presume' then 'presume'
        else 'non_recu'
    end as etat
from completude_ecoles c
join calendrier k on k.jour = c.jour
left join visitees v on v.debut = c.jour and v.uai = c.uai
where c.attendu or v.uai is not null;
