-- Exact counts of every published period. Grain: periode, debut, niveau, territoire, profil, coupe, modalite. Parameter: $fichiers.
create or replace temp table cubes as
select periode, debut, niveau, territoire, profil, coupe, modalite, visites, utilisateurs, duree_s, duree_mediane_s
from read_parquet($fichiers);
