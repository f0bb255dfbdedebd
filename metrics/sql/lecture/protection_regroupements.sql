-- How many nodes tell the same profiles apart in a school year. Grain: niveau, and what is told apart. Parameter: $annee.
with noeuds as (
    select niveau, territoire,
        max(case when profil = 'enseignant' and totaux then 1 else 0 end) as detail,
        max(case when profil = 'personnels' and totaux then 1 else 0 end) as personnels,
        max(case when profil = 'parents' and totaux then 1 else 0 end) as parents,
        max(case when profil = 'adultes' and totaux then 1 else 0 end) as adultes,
        max(case when profil = 'eleve' and totaux then 1 else 0 end) as eleves,
        max(case when profil = 'tous' and totaux then 1 else 0 end) as ensemble
    from protection
    where annee_scolaire = $annee
    group by niveau, territoire
),
formes as (
    select niveau,
        case
            when detail = 1 then 'detail'
            when eleves = 1 and parents = 1 and personnels = 1 then 'groupes'
            when eleves = 1 and parents = 1 then 'familles'
            when eleves = 1 and adultes = 1 then 'adultes'
            when ensemble = 1 then 'tous'
            when eleves + parents + personnels + adultes > 0 then 'partiel'
            else 'rien'
        end as forme
    from noeuds
)
select niveau, forme, count(*) from formes group by niveau, forme order by niveau, forme;
