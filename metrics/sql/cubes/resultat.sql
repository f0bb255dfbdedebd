-- The week's cube with its medians, as kept in the lake. Grain: periode, debut, niveau, territoire, profil, coupe, modalite.
select c.periode, c.debut, c.niveau, c.territoire, c.profil, c.coupe, c.modalite, c.visites, c.utilisateurs, c.duree_s,
    m.duree_mediane_s
from cube c
left join medianes m
    on m.periode = c.periode and m.debut = c.debut and m.niveau = c.niveau and m.territoire = c.territoire
    and m.profil = c.profil and c.coupe = 'total'
order by c.periode, c.coupe, c.niveau, c.territoire, c.profil, c.debut, c.modalite;
