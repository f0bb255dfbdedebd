-- Schools that the project knows: enrolled, open or seen. Grain: annee_scolaire, uai.
insert into ecoles
select annee_scolaire, uai, nom, type_ecole, secteur, code_commune, nom_commune, regroupement, nom_regroupement,
    code_circonscription, nom_circonscription, code_departement, nom_departement, code_academie, nom_academie,
    code_region, nom_region, latitude, longitude, inscrite_le, ouverte_le, retiree_le, rattachement
from lieux
where uai in (select uai from etats_ecoles)
order by annee_scolaire, uai;
