-- State of each school and week: valeur, presume, non_recu or non_ouverte (design 8). Grain: debut, uai.
-- Needs lieux, semaines(debut, annee_scolaire), completude_ecoles, visitees.
create or replace temp table etats_ecoles as
with recus as (
    select semaine as debut, uai,
        max(case when recu = 'oui' then 1 else 0 end) as oui,
        max(case when recu = 'presume' then 1 else 0 end) as presume,
        sum(case when attendu then 1 else 0 end) as jours_attendus,
        sum(case when attendu and recu <> 'non' then 1 else 0 end) as jours_recus,
        sum(case when attendu and recu = 'presume' then 1 else 0 end) as jours_presumes
    from completude_ecoles
    group by semaine, uai
)
select s.debut, s.annee_scolaire, l.uai, l.inscrite and coalesce(l.inscrite_le, s.debut) <= s.debut + 6 as inscrite,
    r.uai is not null as ouverte,
    v.uai is not null as active,
    coalesce(r.jours_attendus, 0) as jours_attendus,
    coalesce(r.jours_recus, 0) as jours_recus,
    coalesce(r.jours_presumes, 0) as jours_presumes,
    case
        when v.uai is not null then 'valeur'
        when r.uai is null then 'non_ouverte'
        when r.oui = 1 then 'valeur'
        when r.presume = 1 then 'presume'
        else 'non_recu'
    end as etat
from semaines s
join lieux l on l.annee_scolaire = s.annee_scolaire
left join recus r on r.debut = s.debut and r.uai = l.uai
left join visitees v on v.periode = 'semaine' and v.debut = s.debut and v.uai = l.uai
where l.inscrite or l.ouverte_le is not null or v.uai is not null;
