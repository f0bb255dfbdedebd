-- Services in use that no visit reaches any more, at the région and its départements. Grain: niveau, territoire, service.
-- Retained weeks: school weeks nearly all of whose expected days came, that take no more lots, and whose services are published.
-- In use: seen in each of the $semaines_usage retained weeks up to the last one that saw it. Silent: not seen in the retained
-- weeks since, at least $semaines_silence of them. A secret cell counts as seen: nobody knows that it is empty.
-- Needs the published perimetre, frequentation_semaine. Parameters: $semaines_usage, $semaines_silence, $part_complete.
insert into services_muets
with coupes as (
    select niveau, territoire, debut, modalite, visites, etat
    from frequentation_semaine
    where niveau in ('region', 'departement') and profil = 'tous' and coupe = 'service'
),
publiees as (
    select niveau, territoire, debut
    from coupes
    group by niveau, territoire, debut
    having max(case when modalite = 'toutes' then 1 else 0 end) = 0
),
retenues as (
    select f.niveau, f.territoire, f.debut,
        row_number() over (partition by f.niveau, f.territoire order by f.debut) as rang,
        count(*) over (partition by f.niveau, f.territoire) as rangs
    from frequentation_semaine f
    join publiees x on x.niveau = f.niveau and x.territoire = f.territoire and x.debut = f.debut
    join perimetre p
        on p.periode = 'semaine' and p.debut = f.debut and p.niveau = f.niveau and p.territoire = f.territoire
    where f.niveau in ('region', 'departement') and f.profil = 'tous' and f.coupe = 'total' and f.etat = 'valeur'
        and not f.provisoire and p.jours_attendus > 0 and p.jours_recus >= $part_complete * p.jours_attendus
),
vues as (
    select c.niveau, c.territoire, c.modalite as service, r.debut, r.rang, r.rangs, c.visites,
        max(r.rang) over (partition by c.niveau, c.territoire, c.modalite) as dernier
    from coupes c
    join retenues r on r.niveau = c.niveau and r.territoire = c.territoire and r.debut = c.debut
    where c.modalite not in ('hors_plan', 'toutes') and (c.visites > 0 or c.etat = 'secret')
)
select niveau, territoire, service, max(debut) as depuis, cast(max(rangs) - max(rang) as bigint) as semaines,
    avg(visites) as visites_moyennes
from vues
where rang > dernier - $semaines_usage
group by niveau, territoire, service
having count(*) = $semaines_usage and max(rangs) - max(rang) >= $semaines_silence
order by niveau desc, territoire, service;
