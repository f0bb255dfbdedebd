-- Every school with every national profil and its cuts by week: no protection, for the exact export alone.
-- Grain: annee_scolaire, territoire, profil. Parameter: $profils. Needs placement_annees.
create or replace temp table protections as
with profils as (
    select unnest($profils) as profil
),
ecoles as (
    select distinct annee_scolaire, territoire from placement_annees where niveau = 'uai'
)
select e.annee_scolaire, 'uai' as niveau, e.territoire, p.profil, true as total, true as jours, true as semaine, false as mois,
    true as fines
from ecoles e
cross join profils p;
