-- Schools behind each period's figures. Grain: periode, debut, niveau, territoire.
-- Needs etats_ecoles, completude_ecoles, visitees, semaines, calendrier, lieux, placement_annees.
insert into perimetre
with jours as (
    select k.jour, k.annee_scolaire, cast(date_trunc('month', k.jour) as date) as mois,
        cast(substr(k.annee_scolaire, 1, 4) || '-08-01' as date) as annee
    from calendrier k
    join semaines s on s.debut = k.semaine
),
periodes as (
    select 'mois' as periode, mois as debut, last_day(mois) as fin, annee_scolaire, jour from jours
    union all
    select 'annee', annee, cast(annee + interval 1 year as date) - 1, annee_scolaire, jour from jours
),
recus as (
    select p.periode, p.debut, c.uai,
        max(case when c.recu <> 'non' then 1 else 0 end) as recue,
        sum(case when c.attendu then 1 else 0 end) as jours_attendus,
        sum(case when c.attendu and c.recu <> 'non' then 1 else 0 end) as jours_recus
    from periodes p
    join completude_ecoles c on c.jour = p.jour
    group by p.periode, p.debut, c.uai
),
vues as (
    select distinct p.periode, p.debut, v.uai
    from periodes p
    join visitees v on v.periode = 'jour' and v.debut = p.jour
),
longues as (
    select p.periode, p.debut, p.annee_scolaire, l.uai,
        l.inscrite and coalesce(l.inscrite_le, p.debut) <= p.fin as inscrite,
        r.uai is not null as ouverte, r.uai is not null and (r.recue = 1 or v.uai is not null) as mesuree,
        v.uai is not null as active, coalesce(r.jours_attendus, 0) as jours_attendus,
        coalesce(r.jours_recus, 0) as jours_recus
    from (select distinct periode, debut, fin, annee_scolaire from periodes) p
    join lieux l on l.annee_scolaire = p.annee_scolaire
    left join recus r on r.periode = p.periode and r.debut = p.debut and r.uai = l.uai
    left join vues v on v.periode = p.periode and v.debut = p.debut and v.uai = l.uai
    where l.inscrite or r.uai is not null or v.uai is not null
),
toutes as (
    select 'semaine' as periode, debut, annee_scolaire, uai, inscrite, ouverte,
        ouverte and etat in ('valeur', 'presume') as mesuree, active, jours_attendus, jours_recus
    from etats_ecoles
    union all
    select periode, debut, annee_scolaire, uai, inscrite, ouverte, mesuree, active, jours_attendus, jours_recus
    from longues
)
select e.periode, e.debut, p.niveau, p.territoire,
    sum(case when e.inscrite then 1 else 0 end) as inscrites,
    sum(case when e.ouverte then 1 else 0 end) as ouvertes,
    sum(case when e.mesuree then 1 else 0 end) as mesurees,
    sum(case when e.active then 1 else 0 end) as actives,
    sum(e.jours_attendus) as jours_attendus,
    sum(e.jours_recus) as jours_recus
from toutes e
join placement_annees p on p.annee_scolaire = e.annee_scolaire and p.uai = e.uai
group by e.periode, e.debut, p.niveau, p.territoire
order by e.periode, p.niveau, p.territoire, e.debut;
