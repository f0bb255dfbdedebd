-- What was expected and what came, by day and open school (design 8), also after the last week received: a delivery that never
-- comes is seen here. Grain: jour, uai.
-- A school whose week is known is expected on its own days of class, another on Monday, Tuesday, Thursday and Friday.
-- Needs lieux, calendrier, presence, couverture, semaines(debut), semaine_ecoles. Parameter: $dernier_jour (nothing is expected later).
create or replace temp table completude_ecoles as
with jours as (
    select c.jour, c.semaine, c.annee_scolaire, c.jour_ecole, c.vacances or c.ferie as libre,
        cast(isodow(c.jour) as integer) as jour_semaine
    from calendrier c
    where c.semaine >= (select min(debut) from semaines) and c.jour <= $dernier_jour
),
classes as (
    select distinct annee_scolaire, uai, jour_semaine from semaine_ecoles
),
semaines_connues as (
    select distinct annee_scolaire, uai from semaine_ecoles
),
plateformes as (
    select uai, min(plateforme) as plateforme from presence where plateforme is not null group by uai
),
livrees as (
    select distinct jour, plateforme from presence
),
declares as (
    select distinct jour from couverture
),
vus as (
    select distinct jour, uai from presence
    union
    select jour, uai from couverture
)
select j.jour, j.semaine, l.uai, case when s.uai is null then j.jour_ecole else b.uai is not null and not j.libre end as attendu,
    case
        when v.uai is not null then 'oui'
        when d.jour is not null then 'non'
        when exists (
            select 1 from livrees x
            where x.jour = j.jour and (p.plateforme is null or x.plateforme = p.plateforme)
        ) then 'presume'
        else 'non'
    end as recu
from jours j
join lieux l
    on l.annee_scolaire = j.annee_scolaire and l.ouverte_le <= j.jour
    and (l.retiree_le is null or l.retiree_le > j.jour)
left join semaines_connues s on s.annee_scolaire = j.annee_scolaire and s.uai = l.uai
left join classes b on b.annee_scolaire = j.annee_scolaire and b.uai = l.uai and b.jour_semaine = j.jour_semaine
left join vus v on v.jour = j.jour and v.uai = l.uai
left join declares d on d.jour = j.jour
left join plateformes p on p.uai = l.uai;
