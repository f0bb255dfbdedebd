-- #fail Un territoire n'a pas les visites de ses écoles, ou a moins d'utilisateurs que la plus grande d'entre elles.
-- Grain: one faulty (debut, niveau, territoire, profil).
with lieux as (
    select e.annee_scolaire, e.uai, n.niveau,
        case n.niveau
            when 'region' then e.code_region
            when 'academie' then e.code_academie
            when 'departement' then e.code_departement
            when 'circonscription' then e.code_circonscription
            else e.code_commune
        end as territoire
    from ecoles e
    cross join (
        values ('region'), ('academie'), ('departement'), ('circonscription'), ('commune')
    ) n(niveau)
),
ecoles_semaine as (
    select f.debut, c.annee_scolaire, f.territoire as uai, f.profil, f.visites, f.utilisateurs
    from frequentation_semaine f
    join calendrier c on c.jour = f.debut
    where f.niveau = 'uai' and f.coupe = 'total'
),
sommes as (
    select e.debut, l.niveau, l.territoire, e.profil, sum(e.visites) as visites, max(e.utilisateurs) as utilisateurs
    from ecoles_semaine e
    join lieux l on l.annee_scolaire = e.annee_scolaire and l.uai = e.uai
    group by e.debut, l.niveau, l.territoire, e.profil
)
select s.debut, s.niveau, s.territoire, s.profil
from sommes s
left join frequentation_semaine f
    on f.debut = s.debut and f.niveau = s.niveau and f.territoire = s.territoire and f.profil = s.profil
    and f.coupe = 'total'
where s.visites is not null
    and (coalesce(f.visites, -1) <> s.visites or coalesce(f.utilisateurs, -1) < s.utilisateurs)
