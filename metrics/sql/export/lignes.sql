-- Rows of a national file for one week: schools that have figures, masked or not, with the territories of the Monday's
-- school year. A zero that is only presumed, like a week not received or before the opening, has no row.
-- Grain: uai. Parameter: $debut (a Monday).
with annees as (
    select annee_scolaire from calendrier where jour = $debut
),
lieux as (
    select e.uai, e.nom_academie, e.nom_commune, e.nom_departement, e.nom_region, e.nom_circonscription, e.type_ecole, e.secteur
    from ecoles e
    join annees a on a.annee_scolaire = e.annee_scolaire
)
select f.debut as debutsemaine, f.territoire as uai, l.nom_academie as academie, l.nom_commune as commune,
    l.nom_departement as departement, l.nom_region as region, cast(null as varchar) as ministere,
    l.nom_circonscription as circonscription, l.type_ecole as nature_uai, l.secteur
from frequentation_semaine f
left join lieux l on l.uai = f.territoire
where f.niveau = 'uai' and f.coupe = 'total' and f.profil = 'tous' and f.debut = $debut
    and f.etat in ('valeur', 'secret')
order by f.territoire;
