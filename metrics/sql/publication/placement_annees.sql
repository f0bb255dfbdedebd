-- Where each school lies at each of the seven levels. Grain: annee_scolaire, uai, niveau. Needs lieux.
create or replace temp table placement_annees as
select annee_scolaire, uai, 'uai' as niveau, uai as territoire, nom, code_commune as parent from lieux
union all
select annee_scolaire, uai, 'commune', code_commune, nom_commune, code_departement from lieux
union all
select annee_scolaire, uai, 'regroupement', regroupement, coalesce(nom_regroupement, regroupement), code_departement
from lieux where regroupement is not null
union all
select annee_scolaire, uai, 'circonscription', code_circonscription, nom_circonscription, code_departement from lieux
union all
select annee_scolaire, uai, 'departement', code_departement, nom_departement, code_academie from lieux
union all
select annee_scolaire, uai, 'academie', code_academie, nom_academie, code_region from lieux
union all
select annee_scolaire, uai, 'region', code_region, nom_region, null from lieux;
