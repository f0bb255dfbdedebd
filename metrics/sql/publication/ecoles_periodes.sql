-- Schools of each week, month and school year: enrolled, open, measured, active, and their days of school.
-- Grain: periode, debut, uai. Needs etats_ecoles, completude_ecoles, visitees, semaines, calendrier, lieux.
create or replace temp table ecoles_periodes as
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
        sum(case when c.attendu and c.recu <> 'non' then 1 else 0 end) as jours_recus,
        sum(case when c.attendu and c.recu = 'presume' then 1 else 0 end) as jours_presumes
    from periodes p
    join completude_ecoles c on c.jour = p.jour
    group by p.periode, p.debut, c.uai
),
vues as (
    select distinct p.periode, p.debut, v.uai
    from periodes p
    join visitees v on v.periode = 'jour' and v.debut = p.jour
)
select 'semaine' as periode, debut, annee_scolaire, uai, inscrite, ouverte,
    ouverte and etat in ('valeur', 'presume') as mesuree, active, jours_attendus, jours_recus, jours_presumes
from etats_ecoles
union all
select p.periode, p.debut, p.annee_scolaire, l.uai, l.inscrite and coalesce(l.inscrite_le, p.debut) <= p.fin,
    r.uai is not null, r.uai is not null and (r.recue = 1 or v.uai is not null), v.uai is not null,
    coalesce(r.jours_attendus, 0), coalesce(r.jours_recus, 0), coalesce(r.jours_presumes, 0)
from (select distinct periode, debut, fin, annee_scolaire from periodes) p
join lieux l on l.annee_scolaire = p.annee_scolaire
left join recus r on r.periode = p.periode and r.debut = p.debut and r.uai = l.uai
left join vues v on v.periode = p.periode and v.debut = p.debut and v.uai = l.uai
where l.inscrite or r.uai is not null or v.uai is not null;
