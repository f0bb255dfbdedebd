-- Children of a node, by profil and state: the cells of the asked span (weeks, or one month or school year: `choisie`), and
-- each of the last school weeks. Grain: territoire, profil, etat, choisie, semaine (NULL: not one of the last school weeks).
-- The columns of schools are those of the last week, or of the month or year. utilisateurs_semaines adds the users of one
-- child's school weeks, never of several children: divided by semaines_ecole it gives a weekly mean.
-- Parameters: $niveau, $territoire (the parent), $enfants (their level), $annee, $profil, $periode, $du, $au, $lundi (of $du),
-- $recentes (Monday of the first of the last school weeks; may be before $du), $perimetre (first day of the period of schools).
with places as (
    select distinct
        case $enfants
            when 'academie' then code_academie when 'departement' then code_departement
            when 'circonscription' then code_circonscription when 'commune' then code_commune
            when 'regroupement' then regroupement else uai
        end as territoire
    from ecoles
    where annee_scolaire = $annee and $territoire = case $niveau
        when 'region' then code_region when 'academie' then code_academie
        when 'departement' then code_departement when 'circonscription' then code_circonscription
        when 'commune' then code_commune when 'regroupement' then regroupement else uai
    end
),
ecole as (
    select distinct semaine as debut from calendrier where jour_ecole
),
cellules as (
    select f.territoire, f.profil, f.etat, $periode = 'semaine' and f.debut >= $du as choisie,
        case when f.debut >= $recentes then f.debut end as semaine, f.visites, f.duree_s,
        case when e.debut is not null then f.utilisateurs end as utilisateurs,
        case when f.visites > 0 and f.debut >= $lundi then f.debut end as active
    from frequentation_semaine f
    left join ecole e on e.debut = f.debut
    where f.niveau = $enfants and f.coupe = 'total' and f.profil in ('tous', 'eleve', 'parents', $profil)
        and f.debut between least($lundi, $recentes) and $au and f.territoire in (select territoire from places)
    union all
    select territoire, profil, etat, true, null, visites, duree_s, utilisateurs, null
    from frequentation_mois
    where $periode = 'mois' and niveau = $enfants and coupe = 'total' and profil in ('tous', 'eleve', 'parents', $profil)
        and debut = $du and territoire in (select territoire from places)
    union all
    select territoire, profil, etat, true, null, visites, duree_s, utilisateurs, null
    from frequentation_annee
    where $periode = 'annee' and niveau = $enfants and coupe = 'total' and profil in ('tous', 'eleve', 'parents', $profil)
        and debut = $du and territoire in (select territoire from places)
),
reunies as (
    select territoire, profil, etat, choisie, semaine, count(*) as cellules, sum(visites) as visites, sum(duree_s) as duree_s,
        sum(utilisateurs) as utilisateurs_semaines, count(utilisateurs) as semaines_ecole, max(active) as active
    from cellules
    group by territoire, profil, etat, choisie, semaine
)
select r.territoire, r.profil, r.etat, r.choisie, r.semaine, r.cellules, cast(r.visites as bigint), cast(r.duree_s as bigint),
    cast(r.utilisateurs_semaines as bigint), r.semaines_ecole, r.active, coalesce(p.actives, 0), coalesce(p.ouvertes, 0)
from reunies r
left join perimetre p
    on p.periode = $periode and p.debut = $perimetre and p.niveau = $enfants and p.territoire = r.territoire
order by r.territoire, r.profil, r.semaine;
