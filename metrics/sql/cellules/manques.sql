-- What a sum holds beyond its published members: how many of them are not, and the persons behind what is left.
-- Grain: ligne. Needs candidats, lignes_cibles.
select cast(2 * (1000 * l.ligne + c.cle) + 1 as bigint) as ligne, max(l.manquants) as manquants,
    cast(sum(case when l.tete then c.personnes else -c.personnes end) as bigint) as personnes
from candidats c
join modalites m on m.cle = c.cle and m.coupe <> 'assiduite'
join lignes_cibles l on l.cible = c.cible
where l.manquants > 0
group by l.ligne, c.cle
having sum(case when l.tete then c.personnes else -c.personnes end) > 0;
