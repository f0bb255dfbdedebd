-- Effectif of the measured schools of each node, profil and base; without any, the base is still known to the node.
-- Grain: niveau, territoire, profil, base. Parameters: $periode, $debut, $annee.
-- Needs ecoles_periodes, placement_annees, effectifs_groupes.
create or replace temp table denominateurs as
with mesurees as (
    select uai from ecoles_periodes where periode = $periode and debut = $debut and (mesuree or active)
)
select p.niveau, p.territoire, c.profil, c.base,
    sum(case when m.uai is not null and c.effectif is not null then 1 else 0 end) as ecoles,
    cast(sum(case when m.uai is not null then c.effectif end) as bigint) as effectif,
    min(case when m.uai is not null and c.effectif is not null then c.constate_le end) as constate_le,
    sum(case when m.uai is not null then c.preelementaire_compris else 0 end) as preelementaire_compris
from effectifs_groupes c
join placement_annees p on p.annee_scolaire = $annee and p.uai = c.uai
left join mesurees m on m.uai = c.uai
group by p.niveau, p.territoire, c.profil, c.base;
