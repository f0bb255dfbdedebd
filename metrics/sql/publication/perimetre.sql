-- Schools behind each period's figures. Grain: periode, debut, niveau, territoire. Needs ecoles_periodes, placement_annees.
insert into perimetre
select e.periode, e.debut, p.niveau, p.territoire,
    sum(case when e.inscrite then 1 else 0 end) as inscrites,
    sum(case when e.ouverte then 1 else 0 end) as ouvertes,
    sum(case when e.mesuree then 1 else 0 end) as mesurees,
    sum(case when e.active then 1 else 0 end) as actives,
    sum(e.jours_attendus) as jours_attendus,
    sum(e.jours_recus) as jours_recus,
    sum(e.jours_presumes) as jours_presumes
from ecoles_periodes e
join placement_annees p on p.annee_scolaire = e.annee_scolaire and p.uai = e.uai
group by e.periode, e.debut, p.niveau, p.territoire
order by e.periode, p.niveau, p.territoire, e.debut;
