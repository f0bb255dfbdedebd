-- A school beside similar ones: quartiles of the others' figures, and its own. Visits for one pupil: by school week with a
-- figure over a span of weeks, else over the month or the year. Rate of one month or year, by base. Only published cells: a school with a masked week is left out whole, and counted.
-- Grain: indicateur, base. Parameters: $uai, $semblables (the others), $annee (first day of the school year), $profil,
-- $periode, $du, $au, $periode_taux, $debut_taux, $profil_taux.
with concernees as (
    select unnest($semblables) as uai
    union all
    select $uai
),
semaines as (
    select semaine as debut from calendrier where jour_ecole and semaine between $du and $au group by semaine
),
cellules as (
    select territoire as uai, etat, visites
    from frequentation_semaine
    where $periode = 'semaine' and niveau = 'uai' and coupe = 'total' and profil = $profil
        and debut in (select debut from semaines) and debut between $du and $au and territoire in (select uai from concernees)
    union all
    select territoire, etat, visites
    from frequentation_mois
    where $periode = 'mois' and niveau = 'uai' and coupe = 'total' and profil = $profil and debut = $du
        and territoire in (select uai from concernees)
    union all
    select territoire, etat, visites
    from frequentation_annee
    where $periode = 'annee' and niveau = 'uai' and coupe = 'total' and profil = $profil and debut = $du
        and territoire in (select uai from concernees)
),
lues as (
    select uai, count(*) as lignes, max(case when etat = 'secret' then 1 else 0 end) as secret, count(visites) as semaines,
        sum(visites) as visites
    from cellules
    group by uai
),
mesures as (
    select 'visites_par_eleve' as indicateur, cast(null as varchar) as base, c.uai,
        case
            when coalesce(l.lignes, 0) = 0 or l.secret = 1 then 'secret' when l.semaines = 0 then 'non_recu'
            when coalesce(a.eleves, 0) = 0 then 'sans_effectif' else 'valeur'
        end as etat,
        cast(l.visites as double) / nullif(l.semaines, 0) / nullif(a.eleves, 0) as valeur
    from concernees c
    left join lues l on l.uai = c.uai
    left join acces a on a.niveau = 'uai' and a.debut = $annee and a.territoire = c.uai
    union all
    select 'taux_utilisation', base, territoire, case when etat = 'presume' then 'valeur' else etat end,
        cast(numerateur as double) / nullif(denominateur, 0)
    from taux
    where periode = $periode_taux and debut = $debut_taux and niveau = 'uai' and profil = $profil_taux
        and not pour_100_eleves and territoire in (select uai from concernees)
),
connues as (
    select indicateur, base, uai, etat, case when etat = 'valeur' then valeur end as valeur,
        case when etat = 'valeur' and uai <> $uai then valeur end as autre
    from mesures
)
select indicateur, base, max(case when uai = $uai then etat end), max(case when uai = $uai then valeur end),
    percentile_cont(0.25) within group (order by autre), percentile_cont(0.5) within group (order by autre),
    percentile_cont(0.75) within group (order by autre), count(autre),
    sum(case when uai <> $uai and etat = 'secret' then 1 else 0 end),
    sum(case when uai <> $uai and etat not in ('valeur', 'secret') then 1 else 0 end)
from connues
group by indicateur, base
order by indicateur, base;
