-- State and perimeter of every node and week. Grain: debut, niveau, territoire. Needs etats_ecoles, placement_annees.
create or replace temp table etats_noeuds as
select e.debut, p.niveau, p.territoire,
    case
        when max(case when e.etat = 'valeur' then 1 else 0 end) = 1 then 'valeur'
        when max(case when e.etat = 'presume' then 1 else 0 end) = 1 then 'presume'
        when max(case when e.etat = 'non_recu' then 1 else 0 end) = 1 then 'non_recu'
        else 'non_ouverte'
    end as etat,
    sum(case when e.inscrite then 1 else 0 end) as inscrites,
    sum(case when e.ouverte then 1 else 0 end) as ouvertes,
    sum(case when e.ouverte and e.etat in ('valeur', 'presume') then 1 else 0 end) as mesurees,
    sum(case when e.active then 1 else 0 end) as actives,
    sum(e.jours_attendus) as jours_attendus,
    sum(e.jours_recus) as jours_recus
from etats_ecoles e
join placement_annees p on p.annee_scolaire = e.annee_scolaire and p.uai = e.uai
group by e.debut, p.niveau, p.territoire;
