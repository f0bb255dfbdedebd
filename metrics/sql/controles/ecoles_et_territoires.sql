-- #fail Un territoire n’a pas les visites de ses écoles, ou a moins d’utilisateurs que la plus grande d’entre elles.
-- Schools that don't publish a profile leave the sum at most the territory's. Grain: one faulty (debut, niveau, territoire, profil).
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
caches as (
    select distinct l.annee_scolaire, l.niveau, l.territoire, p.profil
    from lieux l
    join protection p on p.annee_scolaire = l.annee_scolaire and p.niveau = 'uai' and p.territoire = l.uai
    where not p.totaux
),
ecoles_semaine as (
    select f.debut, c.annee_scolaire, f.territoire as uai, f.profil, f.visites, f.utilisateurs
    from frequentation_semaine f
    join calendrier c on c.jour = f.debut
    where f.niveau = 'uai' and f.coupe = 'total'
),
sommes as (
    select e.debut, e.annee_scolaire, l.niveau, l.territoire, e.profil, sum(e.visites) as visites,
        max(e.utilisateurs) as utilisateurs
    from ecoles_semaine e
    join lieux l on l.annee_scolaire = e.annee_scolaire and l.uai = e.uai
    group by e.debut, e.annee_scolaire, l.niveau, l.territoire, e.profil
)
select s.debut, s.niveau, s.territoire, s.profil
from sommes s
join protection p
    on p.annee_scolaire = s.annee_scolaire and p.niveau = s.niveau and p.territoire = s.territoire
    and p.profil = s.profil and p.totaux
left join frequentation_semaine f
    on f.debut = s.debut and f.niveau = s.niveau and f.territoire = s.territoire and f.profil = s.profil
    and f.coupe = 'total'
left join caches h
    on h.annee_scolaire = s.annee_scolaire and h.niveau = s.niveau and h.territoire = s.territoire
    and h.profil = s.profil
where s.visites is not null
    and (coalesce(f.visites, -1) < s.visites or (h.profil is null and f.visites > s.visites)
        or coalesce(f.utilisateurs, -1) < s.utilisateurs)
