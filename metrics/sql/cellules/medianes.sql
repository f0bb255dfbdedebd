-- Medians of weeks or days. Grain: debut, cible, cle. Parameters: $medianes (files), $periode. Needs cibles_noms, modalites.
create or replace temp table medianes as
select d.debut, t.cible, m.cle, d.duree_mediane_s
from read_parquet($medianes) d
join cibles_noms t on t.niveau = d.niveau and t.territoire = d.territoire and t.profil = d.profil
join modalites m on m.coupe = 'total'
where d.periode = $periode;
