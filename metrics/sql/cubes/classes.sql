-- Half-days of class of the week: of each school as its own week says, else as the plan supposes. Class time is made of the
-- slots that begin in it; they are numbered from Monday 00:00, each day anew, `premiere` and `derniere` included.
-- Grain: ecole, jour_semaine (1: Monday), demi_journee. Parameters: $debut (Monday of the week), $tranche_min.
-- Needs ecoles_vues, calendrier, semaine_ecoles, semaine_supposee.
create or replace temp table classes as
with jours as (
    select annee_scolaire, cast(isodow(jour) as integer) as jour_semaine
    from calendrier
    where semaine = $debut and not vacances and not ferie
),
connues as (
    select distinct annee_scolaire, uai from semaine_ecoles
),
horaires as (
    select e.ecole, j.jour_semaine, s.demi_journee, s.debut_min, s.fin_min
    from jours j
    join semaine_ecoles s on s.annee_scolaire = j.annee_scolaire and s.jour_semaine = j.jour_semaine
    join ecoles_vues e on e.uai = s.uai
    union all
    select e.ecole, j.jour_semaine, s.demi_journee, s.debut_min, s.fin_min
    from jours j
    join semaine_supposee s on s.jour_semaine = j.jour_semaine
    cross join ecoles_vues e
    left join connues c on c.annee_scolaire = j.annee_scolaire and c.uai = e.uai
    where c.uai is null
)
select ecole, jour_semaine, demi_journee,
    cast((jour_semaine - 1) * ceil(1440 / $tranche_min) + ceil(debut_min / $tranche_min) as integer) as premiere,
    cast((jour_semaine - 1) * ceil(1440 / $tranche_min) + ceil(fin_min / $tranche_min) as integer) - 1 as derniere
from horaires;
