-- Schools to support, with every cause that holds (design 10; causes and parameters: pilotage.toml).
-- Grain: debut, uai, cause. Parameters: those of [accompagnement]. Needs ecoles_suivies, silences, series_suivies,
-- medianes_precedentes.
insert into ecoles_a_accompagner
with ecole as (
    select s.serie, e.debut, e.ouverte_le, s.uai, s.niveau, s.territoire, s.profils, s.visites, s.jours, s.cumul, s.active,
        s.completes, s.sans_visite, s.avant_arret, m.mediane, m.mediane * s.jours - s.visites as perdues
    from ecoles_suivies e
    join silences s on s.uai = e.uai and s.debut = e.debut and s.profils <> 'parents'
    left join medianes_precedentes m on m.serie = s.serie and m.debut = s.debut
),
parents as (
    select e.debut, p.uai, p.niveau, p.territoire, p.active, p.sans_visite, e.cumul - d.cumul + d.visites as autres
    from ecole e
    join silences p on p.uai = e.uai and p.debut = e.debut and p.profils = 'parents'
    join series_suivies d on d.serie = e.serie and d.debut = p.debut_parents
    where p.cumul = p.avant_parents
),
constats as (
    select 1 as ordre, debut, uai, 'jamais_demarree' as cause, niveau, territoire, profils, 0 as valeur,
        cast(null as double) as reference, cast(null as double) as visites_perdues, ouverte_le as depuis,
        completes as semaines
    from ecole
    where cumul = 0 and completes >= $semaines_ouverture
    union all
    select 2, e.debut, e.uai, 'arret', e.niveau, e.territoire, e.profils, 0, d.visites, null, e.active, e.sans_visite
    from ecole e
    join series_suivies d on d.serie = e.serie and d.debut = e.active
    where e.cumul = e.avant_arret
    union all
    select 3, debut, uai, 'baisse', niveau, territoire, profils, cast(visites as double) / jours, mediane, perdues, null,
        $semaines_baisse
    from ecole
    where cast(visites as double) / jours < $part_baisse * mediane and perdues >= $visites_perdues
    union all
    select 4, debut, uai, 'parents_absents', niveau, territoire, 'parents', 0, autres, null, active, sans_visite
    from parents
    where autres > 0
    union all
    select 5, debut, uai, 'donnees_manquantes', 'uai', uai, null, jours_recus, jours_attendus, null, null, 1
    from ecoles_suivies
    where not complete
)
select debut, uai, cause, niveau, territoire, profils, valeur, reference, visites_perdues, depuis, semaines
from constats
order by debut, uai, ordre;
