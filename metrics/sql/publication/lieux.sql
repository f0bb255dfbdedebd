-- Schools of each published school year with their territories; UAIs outside the annuaire lie under 'inconnu'.
-- A school that a sealed week saw stays where it lay then (geles) until the school year ends.
-- Grain: annee_scolaire, uai. Needs annuaire, geles, deploiement, presence, calendrier.
create or replace temp table lieux as
with jours as (  -- a week that two school years share counts in its Monday's, its last days' month in the other
    select c.annee_scolaire, p.uai, p.jour
    from presence p
    join calendrier c on c.jour = p.jour
    union
    select l.annee_scolaire, p.uai, p.jour
    from presence p
    join calendrier c on c.jour = p.jour
    join calendrier l on l.jour = c.semaine
),
vues as (
    select distinct annee_scolaire, uai from jours
),
connues as (
    select annee_scolaire, uai from annuaire
    union
    select annee_scolaire, uai from vues
    union
    select annee_scolaire, uai from deploiement
    union
    select annee_scolaire, uai from geles
),
groupes as (
    select annee_scolaire, uai, min(regroupement) as regroupement, min(nom_regroupement) as nom_regroupement,
        min(rattachement) as rattachement, min(inscrite_le) as inscrite_le, min(ouverte_le) as ouverte_le,
        max(retiree_le) as retiree_le
    from deploiement
    group by annee_scolaire, uai
),
premiers as (
    select annee_scolaire, uai, min(jour) as jour
    from jours
    group by annee_scolaire, uai
),
declarees as (
    select distinct annee_scolaire from deploiement
)
select u.annee_scolaire, u.uai,
    coalesce(a.nom, 'École ' || u.uai || ' (hors annuaire)') as nom,
    a.type_ecole, a.secteur,
    coalesce(f.code_commune, a.code_commune, 'inconnu') as code_commune,
    coalesce(f.nom_commune, a.nom_commune, 'Hors annuaire') as nom_commune,
    case when f.uai is null then coalesce(g.regroupement, a.regroupement) else f.regroupement end as regroupement,
    case when f.uai is null then coalesce(g.nom_regroupement, a.nom_regroupement) else f.nom_regroupement end as nom_regroupement,
    coalesce(f.code_circonscription, a.code_circonscription, 'inconnu') as code_circonscription,
    coalesce(f.nom_circonscription, a.nom_circonscription, 'Hors annuaire') as nom_circonscription,
    coalesce(f.code_departement, a.code_departement, 'inconnu') as code_departement,
    coalesce(f.nom_departement, a.nom_departement, 'Hors annuaire') as nom_departement,
    coalesce(f.code_academie, a.code_academie, 'inconnu') as code_academie,
    coalesce(f.nom_academie, a.nom_academie, 'Hors annuaire') as nom_academie,
    coalesce(f.code_region, a.code_region, 'inconnu') as code_region,
    coalesce(f.nom_region, a.nom_region, 'Hors annuaire') as nom_region,
    a.latitude, a.longitude, g.inscrite_le,
    case when d.annee_scolaire is null then p.jour else g.ouverte_le end as ouverte_le,
    g.retiree_le,
    coalesce(g.rattachement, a.rattachement, 'inconnu') as rattachement,
    g.uai is not null as inscrite
from connues u
left join geles f on f.annee_scolaire = u.annee_scolaire and f.uai = u.uai
left join annuaire a on a.annee_scolaire = u.annee_scolaire and a.uai = u.uai
left join groupes g on g.annee_scolaire = u.annee_scolaire and g.uai = u.uai
left join premiers p on p.annee_scolaire = u.annee_scolaire and p.uai = u.uai
left join declarees d on d.annee_scolaire = u.annee_scolaire;
