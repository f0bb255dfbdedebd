-- State of every node and period. Grain: periode, debut, annee_scolaire, niveau, territoire. Needs etats_ecoles, etats_jours, placement_annees.
create or replace temp table etats_noeuds as
with ecoles as (
    select 'semaine' as periode, debut, annee_scolaire, uai, etat from etats_ecoles
    union all
    select 'jour', debut, annee_semaine, uai, etat from etats_jours
    union all
    select 'mois', cast(date_trunc('month', debut) as date), annee_scolaire, uai, etat from etats_jours
    union all
    select 'annee', cast(substr(annee_scolaire, 1, 4) || '-08-01' as date), annee_scolaire, uai, etat from etats_jours
)
select e.periode, e.debut, e.annee_scolaire, p.niveau, p.territoire,
    case
        when max(case when e.etat = 'valeur' then 1 else 0 end) = 1 then 'valeur'
        when max(case when e.etat = 'presume' then 1 else 0 end) = 1 then 'presume'
        when max(case when e.etat = 'non_recu' then 1 else 0 end) = 1 then 'non_recu'
        else 'non_ouverte'
    end as etat
from ecoles e
join placement_annees p on p.annee_scolaire = e.annee_scolaire and p.uai = e.uai
group by e.periode, e.debut, e.annee_scolaire, p.niveau, p.territoire;
