-- Weekly visits of the children of a node, one row a child and week. Grain: enfant, debut.
-- Parameters: $niveau, $territoire (the node), $enfants (level of its children), $profil, $annee, $du, $au.
with membres as (
    select distinct
        case $enfants
            when 'academie' then code_academie when 'departement' then code_departement
            when 'circonscription' then code_circonscription when 'commune' then code_commune else uai
        end as enfant
    from ecoles
    where annee_scolaire = $annee and $territoire = case $niveau
        when 'region' then code_region when 'academie' then code_academie
        when 'departement' then code_departement when 'circonscription' then code_circonscription
        when 'commune' then code_commune when 'regroupement' then regroupement
    end
)
select m.enfant, f.debut, f.etat, f.visites, f.utilisateurs, f.duree_s,
    coalesce(p.ouvertes, 0), coalesce(p.actives, 0)
from membres m
left join frequentation_semaine f
    on f.niveau = $enfants and f.territoire = m.enfant and f.coupe = 'total' and f.profil = $profil
    and f.debut between $du and $au
left join perimetre p
    on p.periode = 'semaine' and p.niveau = $enfants and p.territoire = m.enfant and p.debut = f.debut
order by m.enfant, f.debut;
