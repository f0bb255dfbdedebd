-- Sums that the tables show, and the cells that they are made of: modalities of a cut that doesn't overlap, parts of a
-- group, children of a node (not by
-- assiduite, which depends on the scope). Grain: ligne, cellule. Needs candidats, modalites, lignes_cibles.
select cast(2 * (64 * cast(c.cible as bigint) + m.numero_coupe) as bigint) as ligne, c.cellule
from candidats c
join modalites m on m.cle = c.cle
where m.coupe not in ('service', 'famille', 'type')
union all
select cast(2 * (1000 * l.ligne + c.cle) + 1 as bigint), c.cellule
from candidats c
join modalites m on m.cle = c.cle and m.coupe <> 'assiduite'
join lignes_cibles l on l.cible = c.cible;
