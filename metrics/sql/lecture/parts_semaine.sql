-- Visits of a node over a span of weeks, by modality of each cut. Grain: coupe, modalite. A modality masked in one of the weeks has
-- no figure: the other weeks would not be its sum; the cut `total` adds the weeks that have one. utilisateurs adds the users of each
-- school week: divided by the weeks it gives a weekly mean. One plain scan: a board's time goes to planning its queries.
-- Parameters: $niveau, $territoire, $profil, $du, $au, $sans_ecole (Mondays of the weeks without a school day).
select coupe, modalite, case when max(case when etat = 'secret' then 1 else 0 end) = 1 then 'secret' else 'valeur' end,
    cast(sum(visites) as bigint), cast(sum(case when list_contains($sans_ecole, debut) then 0 else utilisateurs end) as bigint),
    cast(sum(duree_s) as bigint)
from frequentation_semaine
where niveau = $niveau and territoire = $territoire and profil = $profil and debut between $du and $au
    and etat in ('valeur', 'secret')
group by coupe, modalite;
