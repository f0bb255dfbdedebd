-- Events of one week without their repeats: of those with the same identifier, or instant and service, the first counts.
-- Repeats are few, so only what may have one is ranked. Grain: one event. Needs evenements, acteurs.
with doubles as (
    select cle
    from evenements
    group by cle
    having count(*) > 1
),
rangs as (
    select e.visiteur, e.ecole, e.profil, e.instant_ms, e.quoi, row_number() over (
        partition by e.visiteur, e.ecole, e.repere, e.repere_service order by e.instant_ms, e.profil, e.quoi
    ) as rang
    from evenements e
    join doubles d on d.cle = e.cle
),
gardes as (
    select e.visiteur, e.ecole, e.profil, e.instant_ms, e.quoi
    from evenements e
    left join doubles d on d.cle = e.cle
    where d.cle is null
    union all
    select visiteur, ecole, profil, instant_ms, quoi from rangs where rang = 1
)
select a.acteur, g.instant_ms, g.quoi
from gardes g
join acteurs a on a.visiteur = g.visiteur and a.ecole = g.ecole and a.profil = g.profil;
