-- Persons of one register as uses without visits. Grain: periode, debut, uai, profil, coupe, modalite, visiteur.
-- Parameters: $fichiers (parts of the register), $periode, $debut.
create or replace temp table usages as
select distinct $periode as periode, cast($debut as date) as debut, uai, profil, 'total' as coupe, 'total' as modalite,
    pseudonyme as visiteur, cast(null as bigint) as visites, cast(null as bigint) as duree_s
from read_parquet($fichiers);
