-- Weekly cells of a node and profil over a span of weeks, with the schools behind them. Grain: debut, coupe.
-- With a service, also its visits as the cut `service`, and a row `toutes` where that cut is withheld whole.
-- Parameters: $niveau, $territoire, $profil, $service (empty: every visit), $du, $au.
select p.debut, f.modalite, f.etat, f.visites, f.utilisateurs, f.duree_s, f.duree_mediane_s, f.provisoire,
    p.inscrites, p.ouvertes, p.mesurees, p.actives, p.jours_attendus, p.jours_recus
from perimetre p
left join frequentation_semaine f
    on f.debut = p.debut and f.niveau = $niveau and f.territoire = $territoire and f.profil = $profil
    and f.debut between $du and $au
    and (f.coupe = 'total' or (f.coupe = 'service' and f.modalite in ($service, 'toutes')))
where p.periode = 'semaine' and p.niveau = $niveau and p.territoire = $territoire and p.debut between $du and $au
order by p.debut;
