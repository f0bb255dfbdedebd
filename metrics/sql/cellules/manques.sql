-- What a sum holds beyond its published members: how many of them are not, and the persons behind what is left.
-- Grain: ligne. Needs candidats, modalites, lignes_cibles, fines.
select cast(4 * (1000 * l.ligne + c.cle) + 1 as bigint) as ligne, max(l.manquants) as manquants,
    cast(greatest(sum(case when l.tete then c.personnes else -c.personnes end), 0) as bigint) as personnes
from candidats c
join modalites m on m.cle = c.cle and m.coupe <> 'assiduite'
join lignes_cibles l on l.cible = c.cible and l.fines = (m.coupe in (select coupe from fines))
where l.manquants > 0
group by l.ligne, c.cle;
