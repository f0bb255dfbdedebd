-- Presence of every published week. Grain: jour, uai, plateforme. Parameter: $fichiers.
create or replace temp table presence as
select jour, uai, plateforme, evenements from read_parquet($fichiers);
