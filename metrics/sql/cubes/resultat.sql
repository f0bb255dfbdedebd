-- The week's cube with its medians, as kept in the lake. Grain: niveau, territoire, profil, coupe, modalite. Parameter: $debut.
select cast($debut as date) as debut, c.niveau, c.territoire, c.profil, c.coupe, c.modalite, c.visites, c.utilisateurs, c.duree_s, m.duree_mediane_s
from cube c
left join medianes m
    on m.niveau = c.niveau and m.territoire = c.territoire and m.profil = c.profil and c.coupe = 'total'
order by c.coupe, c.niveau, c.territoire, c.profil, c.modalite;
