-- Accounts or pupils of a node and of its children, by profil: the base most useful for a rate comes first.
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
)
select m.enfant, e.profil, e.base, cast(sum(e.effectif) as bigint)
from membres m
join effectifs e on e.uai = m.uai and e.annee_scolaire = $annee
group by m.enfant, e.profil, e.base
order by m.enfant, e.profil, e.base;
