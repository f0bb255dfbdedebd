-- Weekly series of a node and profil with its perimeter and calendar. Grain: debut.
-- Parameters: $niveau, $territoire, $profil, $du, $au.
with semaines as (
    select semaine as debut, sum(case when jour_ecole then 1 else 0 end) as jours_ecole
    from calendrier
    where semaine between $du and $au
    group by semaine
)
select s.debut, coalesce(f.etat, 'non_ouverte'), f.visites, f.utilisateurs, f.duree_s, f.duree_mediane_s,
    coalesce(f.provisoire, false), s.jours_ecole,
    coalesce(p.inscrites, 0), coalesce(p.ouvertes, 0), coalesce(p.mesurees, 0), coalesce(p.actives, 0),
    coalesce(p.jours_attendus, 0), coalesce(p.jours_recus, 0)
from semaines s
left join frequentation_semaine f
    on f.debut = s.debut and f.niveau = $niveau and f.territoire = $territoire
    and f.coupe = 'total' and f.profil = $profil
left join perimetre p
    on p.periode = 'semaine' and p.debut = s.debut and p.niveau = $niveau and p.territoire = $territoire
order by s.debut;
