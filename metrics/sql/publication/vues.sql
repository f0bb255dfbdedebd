-- One view a level and period with one row a key and no overlap, for people who will type SUM over visits.
create or replace view v_region_semaine as
select debut, territoire as region, visites, utilisateurs, duree_s, duree_mediane_s, etat, provisoire
from frequentation_semaine where niveau = 'region' and profil = 'tous' and coupe = 'total';
create or replace view v_academie_semaine as
select debut, territoire as academie, visites, utilisateurs, duree_s, duree_mediane_s, etat, provisoire
from frequentation_semaine where niveau = 'academie' and profil = 'tous' and coupe = 'total';
create or replace view v_departement_semaine as
select debut, territoire as departement, visites, utilisateurs, duree_s, duree_mediane_s, etat, provisoire
from frequentation_semaine where niveau = 'departement' and profil = 'tous' and coupe = 'total';
create or replace view v_circonscription_semaine as
select debut, territoire as circonscription, visites, utilisateurs, duree_s, duree_mediane_s, etat, provisoire
from frequentation_semaine where niveau = 'circonscription' and profil = 'tous' and coupe = 'total';
create or replace view v_commune_semaine as
select debut, territoire as commune, visites, utilisateurs, duree_s, duree_mediane_s, etat, provisoire
from frequentation_semaine where niveau = 'commune' and profil = 'tous' and coupe = 'total';
create or replace view v_regroupement_semaine as
select debut, territoire as regroupement, visites, utilisateurs, duree_s, duree_mediane_s, etat, provisoire
from frequentation_semaine where niveau = 'regroupement' and profil = 'tous' and coupe = 'total';
create or replace view v_ecole_semaine as
select debut, territoire as uai, visites, utilisateurs, duree_s, duree_mediane_s, etat, provisoire
from frequentation_semaine where niveau = 'uai' and profil = 'tous' and coupe = 'total';
create or replace view v_region_mois as
select debut, territoire as region, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_mois where niveau = 'region' and profil = 'tous' and coupe = 'total';
create or replace view v_academie_mois as
select debut, territoire as academie, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_mois where niveau = 'academie' and profil = 'tous' and coupe = 'total';
create or replace view v_departement_mois as
select debut, territoire as departement, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_mois where niveau = 'departement' and profil = 'tous' and coupe = 'total';
create or replace view v_circonscription_mois as
select debut, territoire as circonscription, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_mois where niveau = 'circonscription' and profil = 'tous' and coupe = 'total';
create or replace view v_commune_mois as
select debut, territoire as commune, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_mois where niveau = 'commune' and profil = 'tous' and coupe = 'total';
create or replace view v_regroupement_mois as
select debut, territoire as regroupement, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_mois where niveau = 'regroupement' and profil = 'tous' and coupe = 'total';
create or replace view v_ecole_mois as
select debut, territoire as uai, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_mois where niveau = 'uai' and profil = 'tous' and coupe = 'total';
create or replace view v_region_annee as
select debut, territoire as region, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_annee where niveau = 'region' and profil = 'tous' and coupe = 'total';
create or replace view v_academie_annee as
select debut, territoire as academie, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_annee where niveau = 'academie' and profil = 'tous' and coupe = 'total';
create or replace view v_departement_annee as
select debut, territoire as departement, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_annee where niveau = 'departement' and profil = 'tous' and coupe = 'total';
create or replace view v_circonscription_annee as
select debut, territoire as circonscription, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_annee where niveau = 'circonscription' and profil = 'tous' and coupe = 'total';
create or replace view v_commune_annee as
select debut, territoire as commune, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_annee where niveau = 'commune' and profil = 'tous' and coupe = 'total';
create or replace view v_regroupement_annee as
select debut, territoire as regroupement, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_annee where niveau = 'regroupement' and profil = 'tous' and coupe = 'total';
create or replace view v_ecole_annee as
select debut, territoire as uai, visites, utilisateurs, duree_s, etat, provisoire
from frequentation_annee where niveau = 'uai' and profil = 'tous' and coupe = 'total';
