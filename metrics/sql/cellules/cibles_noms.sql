-- Published (node, profile) pairs of a school year, numbered in the order of the tables. Grain: cible.
-- Parameter: $annee. Needs protections(annee_scolaire, niveau, territoire, profil, total, jours, semaine, mois, fines).
create or replace temp table cibles_noms as
select cast(row_number() over (order by niveau, territoire, profil) as integer) as cible, niveau, territoire, profil,
    jours, semaine, mois, fines
from protections
where annee_scolaire = $annee and total;
