-- Territories above the school. Grain: annee_scolaire, niveau, territoire.
insert into territoires
select p.annee_scolaire, p.niveau, p.territoire, min(p.nom), min(p.parent)
from placement_annees p
where p.niveau <> 'uai' and p.uai in (select uai from etats_ecoles)
group by p.annee_scolaire, p.niveau, p.territoire
order by 1, 2, 3;
