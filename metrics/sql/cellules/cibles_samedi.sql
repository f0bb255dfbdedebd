-- Nodes and profiles with a school that has class on a Saturday: its week-end is not the sum of the days.
-- Grain: cible. Parameter: $annee. Needs cibles, ecoles_annee, semaine_ecoles.
create or replace temp table cibles_samedi as
select distinct c.cible
from cibles c
join ecoles_annee e on e.ecole = c.ecole
join semaine_ecoles s on s.annee_scolaire = $annee and s.uai = e.uai
where s.jour_semaine > 5;
