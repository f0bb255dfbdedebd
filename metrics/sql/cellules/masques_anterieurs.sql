-- Masked cells of the shorter periods that make up this one: alone or held by too few, they could be had by subtraction.
-- Grain: cible, cle. Parameters: $masques (files), $k. Needs cibles_noms, modalites.
create or replace temp table masques_anterieurs as
select t.cible, m.cle
from read_parquet($masques) x
join cibles_noms t on t.niveau = x.niveau and t.territoire = x.territoire and t.profil = x.profil
join modalites m on m.coupe = x.coupe and m.modalite = x.modalite
group by t.cible, m.cle
having count(*) < 2 or sum(x.personnes) < $k;
