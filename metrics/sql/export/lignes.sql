-- Rows of a national file for one week: schools with a visit, or whose visits are masked, with the territories of the
-- Monday's school year, empty outside the directory. A school without a visit, a zero that is only presumed, a week not
-- received or before the opening have no row.
-- Grain: uai. Parameter: $debut (a Monday).
with annees as (
    select annee_scolaire from calendrier where jour = $debut
),
lieux as (
    select e.uai, e.type_ecole, e.secteur,
        case when e.code_academie <> 'inconnu' then e.nom_academie end as academie,
        case when e.code_commune <> 'inconnu' then e.nom_commune end as commune,
        case when e.code_departement <> 'inconnu' then e.nom_departement end as departement,
        case when e.code_region <> 'inconnu' then e.nom_region end as region,
        case when e.code_circonscription <> 'inconnu' then e.nom_circonscription end as circonscription
    from ecoles e
    join annees a on a.annee_scolaire = e.annee_scolaire
),
totaux as (
    select debut, territoire as uai, profil, visites, etat
    from frequentation_semaine
    where niveau = 'uai' and coupe = 'total' and debut = $debut
),
presumees as (
    select distinct uai from totaux where etat = 'presume'
)
select t.debut as debutsemaine, t.uai, l.academie, l.commune, l.departement, l.region,
    cast(null as varchar) as ministere, l.circonscription, l.type_ecole as nature_uai, l.secteur
from totaux t
left join lieux l on l.uai = t.uai
left join presumees p on p.uai = t.uai
where t.profil = 'tous' and p.uai is null and (t.etat = 'secret' or (t.etat = 'valeur' and t.visites > 0))
order by t.uai;
