-- State of each school and day. Grain: debut (the day), uai. Needs completude_ecoles, calendrier, semaines, visitees.
-- Only school days, and other days with a visit: nobody expects an absence to be said on a Sunday.
create or replace temp table etats_jours as
select c.jour as debut, k.annee_scolaire, l.annee_scolaire as annee_semaine, c.uai,
    case
        when v.uai is not null or c.recu = 'oui' then 'valeur'
        when c.recu = 'presume' then 'presume'
        else 'non_recu'
    end as etat
from completude_ecoles c
join calendrier k on k.jour = c.jour
join semaines s on s.debut = k.semaine
join calendrier l on l.jour = k.semaine
left join visitees v on v.periode = 'jour' and v.debut = c.jour and v.uai = c.uai
where c.attendu or v.uai is not null;
