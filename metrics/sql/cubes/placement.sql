-- Placement of the week's school year. Grain: uai, niveau. Parameter: $annee.
create or replace temp table placement as
select uai, niveau, territoire from placement_annees where annee_scolaire = $annee;
