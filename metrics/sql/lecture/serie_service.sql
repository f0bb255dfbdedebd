-- Weekly visits of one service of a node and profil, or the row `toutes` where its cut is withheld whole. Grain: debut, modalite.
-- Parameters: $niveau, $territoire, $profil, $service, $du, $au.
select debut, modalite, etat, visites, utilisateurs, duree_s, duree_mediane_s, provisoire
from frequentation_semaine
where niveau = $niveau and territoire = $territoire and profil = $profil and debut between $du and $au and coupe = 'service'
    and modalite in ($service, 'toutes')
order by debut, modalite;
