-- Cells of a month that its school year needs, as kept in the lake. Grain: niveau, territoire, profil, coupe, modalite.
-- Needs finales, cibles_noms, modalites.
select t.niveau, t.territoire, t.profil, m.coupe, m.modalite, f.visites, f.duree_s, f.personnes
from finales f
join cibles_noms t on t.cible = f.cible
join modalites m on m.cle = f.cle
where m.coupe in ('total', 'service', 'famille', 'appareil', 'moment', 'duree')
order by f.cible, f.cle;
