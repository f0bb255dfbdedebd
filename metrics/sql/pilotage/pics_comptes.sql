-- Peaks counted in the weeks to publish. Grain: debut, niveau, territoire. Parameter: $fichiers (peaks kept in the lake).
create or replace temp table pics_comptes as
select debut, niveau, territoire, pic_simultane, demi_journee from read_parquet($fichiers);
