-- Where the schools being counted lie. Grain: ecole, noeud. Parameter: $annee. Needs placement_annees, ecoles_vues, noeuds.
create or replace temp table placement as
select e.ecole, n.noeud
from placement_annees p
join ecoles_vues e on e.uai = p.uai
join noeuds n on n.niveau = p.niveau and n.territoire = p.territoire
where p.annee_scolaire = $annee;
