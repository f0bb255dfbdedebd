-- Where the schools of a year lie, with names, as frozen at the first sealing. Grain: uai. Parameter: $annee. Needs lieux.
select annee_scolaire, uai, code_commune, nom_commune, regroupement, nom_regroupement, code_circonscription,
    nom_circonscription, code_departement, nom_departement, code_academie, nom_academie, code_region, nom_region
from lieux
where annee_scolaire = $annee
order by uai;
