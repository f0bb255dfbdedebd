-- Schools of each published school year with the codes of their territories. Grain: annee_scolaire, uai.
select annee_scolaire, uai, nom_usuel, type_ecole, secteur, code_commune, regroupement, code_circonscription, code_departement,
    code_academie, code_region, latitude, longitude, ouverte_le, rattachement
from ecoles
order by annee_scolaire, uai;
