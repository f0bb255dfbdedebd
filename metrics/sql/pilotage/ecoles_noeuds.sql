-- Schools that the figures of each node bear on in a period, measured or not. Grain: niveau, territoire.
-- Parameters: $periode, $debut. Needs ecoles_periodes, placement_annees, lieux.
-- A school seen before it opens, or outside the project, is in the figures.
create or replace temp table ecoles_noeuds as
select p.niveau, p.territoire, count(*) as concernees,
    sum(case when l.type_ecole = 'maternelle' then 1 else 0 end) as maternelles,
    sum(case when e.mesuree or e.active then 1 else 0 end) as mesurees,
    sum(case when (e.mesuree or e.active) and l.type_ecole = 'maternelle' then 1 else 0 end) as maternelles_mesurees,
    sum(case when (e.mesuree or e.active) and coalesce(l.type_ecole, '') <> 'elementaire' then 1 else 0 end) as preelementaires
from ecoles_periodes e
join lieux l on l.annee_scolaire = e.annee_scolaire and l.uai = e.uai
join placement_annees p on p.annee_scolaire = e.annee_scolaire and p.uai = e.uai
where e.periode = $periode and e.debut = $debut and (e.ouverte or e.active)
group by p.niveau, p.territoire;
