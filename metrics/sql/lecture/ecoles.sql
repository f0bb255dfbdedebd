-- Schools of each published school year with the names of their territories. Grain: annee_scolaire, uai.
select annee_scolaire, uai, nom, type_ecole, secteur, code_commune, nom_commune, regroupement, nom_regroupement,
    code_circonscription, nom_circonscription, code_departement, nom_departement, code_academie, nom_academie,
    code_region, nom_region, latitude, longitude, ouverte_le, rattachement
from ecoles
order by annee_scolaire, uai;
