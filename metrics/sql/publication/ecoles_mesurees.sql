-- Schools that figures bear on, by school year. Grain: annee_scolaire, uai. Needs etats_ecoles, etats_jours.
create or replace temp table ecoles_mesurees as
select annee_scolaire, uai from etats_ecoles
union
select annee_scolaire, uai from etats_jours
union
select annee_semaine, uai from etats_jours;
