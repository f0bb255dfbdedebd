-- Masked cells of the shorter periods that make up this one: they stay masked here, else the other periods would give them
-- back by subtraction. Grain: cible, cle. Parameter: $masques (files). Needs cibles_noms, modalites.
create or replace temp table masques_anterieurs as
select distinct t.cible, m.cle
from read_parquet($masques) x
join cibles_noms t on t.niveau = x.niveau and t.territoire = x.territoire and t.profil = x.profil
join modalites m on m.coupe = x.coupe and m.modalite = x.modalite;
