-- Exact counts of every published week. Grain: debut, niveau, territoire, profil, coupe, modalite. Parameter: $fichiers.
create or replace temp table cube_semaines as
select debut, niveau, territoire, profil, coupe, modalite, visites, utilisateurs, duree_s, duree_mediane_s
from read_parquet($fichiers);
