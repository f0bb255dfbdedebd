-- Every school of every school year, and the territories it lies in. Grain: annee_scolaire, uai.
select annee_scolaire, uai, code_commune, regroupement, code_circonscription, code_departement, code_academie, code_region
from ecoles
order by annee_scolaire, uai;
