-- Visits of a node over a span of weeks, by modality of each cut, by profil as the cut `profil`, and its rates as the cut `taux`.
-- Grain: coupe, modalite; rates: debut, profil, base. A modality masked in one of the weeks has no figure: the other weeks
-- would not be its sum; the cut `total` adds the weeks that have one. utilisateurs adds the users of each school week: divided by the weeks it gives a weekly mean.
-- Parameters: $niveau, $territoire, $profil, $profils, $du, $au, $reference and $precedente (periods of the rates).
with semaines as (
    select semaine as debut, max(case when jour_ecole then 1 else 0 end) as ecole
    from calendrier
    where semaine between $du and $au
    group by semaine
),
lignes as (
    select debut, coupe, modalite, visites, duree_s, utilisateurs, etat
    from frequentation_semaine
    where niveau = $niveau and territoire = $territoire and profil = $profil
        and debut between $du and $au and etat in ('valeur', 'secret')
    union all
    select debut, 'profil', profil, visites, duree_s, utilisateurs, etat
    from frequentation_semaine
    where niveau = $niveau and territoire = $territoire and coupe = 'total'
        and profil in (select unnest($profils)) and debut between $du and $au and etat in ('valeur', 'secret')
),
sommes as (
    select l.coupe, l.modalite, max(case when l.etat = 'secret' then 1 else 0 end) as secret,
        cast(sum(l.visites) as bigint) as visites, cast(sum(l.duree_s) as bigint) as duree_s,
        cast(sum(case when s.ecole = 1 then l.utilisateurs else 0 end) as bigint) as utilisateurs
    from lignes l
    join semaines s on s.debut = l.debut
    group by l.coupe, l.modalite
)
select coupe, modalite, case when secret = 1 then 'secret' else 'valeur' end as etat,
    case when secret = 0 or coupe = 'total' then visites end as visites, case when secret = 0 then utilisateurs end as utilisateurs,
    case when secret = 0 then duree_s end as duree_s, cast(null as date) as debut, cast(null as varchar) as base,
    cast(null as date) as constate_le, false as depasse_effectif, false as pour_100_eleves, 0 as ecoles_sans_effectif,
    0 as ecoles_non_recues, 0 as ecoles_preelementaire
from sommes
union all
select 'taux', profil, etat, numerateur, denominateur, null, debut, base, constate_le, depasse_effectif, pour_100_eleves,
    ecoles_sans_effectif, ecoles_non_recues, ecoles_preelementaire
from taux
where periode = 'semaine' and niveau = $niveau and territoire = $territoire and debut in ($reference, $precedente)
order by 1, 2, 7, 8;
