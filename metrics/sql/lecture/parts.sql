-- Visits of a node over a span, by modality of each cut, and by profil as the cut `profil`. Grain: coupe, modalite.
-- A modality masked in one of the weeks has no figure: the other weeks would not be its sum.
-- utilisateurs_semaines adds the users of each school week: divided by the weeks it gives a weekly mean.
-- Parameters: $niveau, $territoire, $profil, $profils, $du, $au.
with semaines as (
    select semaine as debut, max(case when jour_ecole then 1 else 0 end) as ecole
    from calendrier
    where semaine between $du and $au
    group by semaine
),
lignes as (
    select debut, coupe, modalite, visites, duree_s, utilisateurs, etat
    from frequentation_semaine
    where niveau = $niveau and territoire = $territoire and profil = $profil and coupe <> 'total'
        and debut between $du and $au and etat in ('valeur', 'secret')
    union all
    select debut, 'profil', profil, visites, duree_s, utilisateurs, etat
    from frequentation_semaine
    where niveau = $niveau and territoire = $territoire and coupe = 'total'
        and profil in (select unnest($profils)) and debut between $du and $au and etat in ('valeur', 'secret')
)
select l.coupe, l.modalite,
    case when max(case when l.etat = 'secret' then 1 else 0 end) = 0 then cast(sum(l.visites) as bigint) end as visites,
    cast(sum(l.duree_s) as bigint) as duree_s,
    cast(sum(case when s.ecole = 1 then l.utilisateurs else 0 end) as bigint) as utilisateurs_semaines
from lignes l
join semaines s on s.debut = l.debut
group by l.coupe, l.modalite
order by l.coupe, l.modalite;
