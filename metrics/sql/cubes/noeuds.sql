-- Nodes of the school year, numbered. Grain: noeud. Parameter: $annee. Needs placement_annees.
create or replace temp table noeuds as
select niveau, territoire, cast(row_number() over (order by niveau, territoire) as integer) as noeud
from (select distinct niveau, territoire from placement_annees where annee_scolaire = $annee);
