-- Cells of weeks or days, with their medians. Grain: debut, cible, cle. Needs cellules, medianes.
-- `personnes`: those who stand behind a cell, for protection.
create or replace temp table finales as
select c.debut, c.cible, c.cle, c.visites, c.utilisateurs, c.duree_s, d.duree_mediane_s, c.utilisateurs as personnes
from cellules c
left join medianes d on d.debut = c.debut and d.cible = c.cible and d.cle = c.cle;
