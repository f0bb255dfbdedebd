-- Accounts or pupils of a node and of its children, by profil and base, as each school last counted them.
-- Grain: territoire (the node's or a child's), profil, base. Parameters: $niveau, $territoire, $enfants, $annee.
with membres as (
    select uai,
        case $enfants
            when 'academie' then code_academie when 'departement' then code_departement
            when 'circonscription' then code_circonscription when 'commune' then code_commune else uai
        end as enfant
    from ecoles
    where annee_scolaire = $annee and $territoire = case $niveau
        when 'region' then code_region when 'academie' then code_academie
        when 'departement' then code_departement when 'circonscription' then code_circonscription
        when 'commune' then code_commune when 'regroupement' then regroupement else uai
    end
),
derniers as (
    select uai, profil, base, max(constate_le) as constate_le
    from effectifs
    where annee_scolaire = $annee and uai in (select uai from membres)
    group by uai, profil, base
)
select m.enfant, e.profil, e.base, cast(sum(e.effectif) as bigint)
from membres m
join derniers d on d.uai = m.uai
join effectifs e
    on e.annee_scolaire = $annee and e.uai = d.uai and e.profil = d.profil and e.base = d.base and e.constate_le = d.constate_le
group by m.enfant, e.profil, e.base
order by m.enfant, e.profil, e.base;
