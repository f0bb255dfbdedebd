-- Schools that the project knows: enrolled, open or seen. Grain: annee_scolaire, uai. Needs noms_usuels.
insert into ecoles
select l.annee_scolaire, l.uai, l.nom, n.nom_usuel, l.type_ecole, l.secteur, l.code_commune, l.nom_commune, l.regroupement,
    l.nom_regroupement, l.code_circonscription, l.nom_circonscription, l.code_departement, l.nom_departement,
    l.code_academie, l.nom_academie, l.code_region, l.nom_region, l.latitude, l.longitude, l.inscrite_le, l.ouverte_le,
    l.retiree_le, l.rattachement
from lieux l
join noms_usuels n on n.niveau = 'uai' and n.nom = l.nom
where l.uai in (select uai from etats_ecoles)
order by l.annee_scolaire, l.uai;
