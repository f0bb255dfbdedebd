-- What the day of a visit says of its moment, for schools whose week is known: the half-days of class that the school has
-- then (null: none), the hours of the evening, whether it is a Saturday or Sunday. Minutes since local midnight, ends excluded.
-- Grain: ecole, jour. Parameter: $debut (Monday of the week). Needs ecoles_vues, semaine_ecoles, calendrier, soirees.
create or replace temp table temps_classe as
with jours as (
    select jour, annee_scolaire, cast(isodow(jour) as integer) as jour_semaine, vacances or ferie as libre
    from calendrier
    where semaine = $debut
),
semaines_connues as (
    select s.annee_scolaire, e.ecole, s.jour_semaine, s.demi_journee, s.debut_min, s.fin_min
    from semaine_ecoles s
    join ecoles_vues e on e.uai = s.uai
)
select k.ecole, j.jour, j.jour_semaine >= 6 as fin_semaine, o.debut_min as soir_debut, o.fin_min as soir_fin,
    max(case when s.demi_journee = 'matin' then s.debut_min end) as matin_debut,
    max(case when s.demi_journee = 'matin' then s.fin_min end) as matin_fin,
    max(case when s.demi_journee = 'apres_midi' then s.debut_min end) as apres_midi_debut,
    max(case when s.demi_journee = 'apres_midi' then s.fin_min end) as apres_midi_fin
from jours j
join (select distinct annee_scolaire, ecole from semaines_connues) k on k.annee_scolaire = j.annee_scolaire
join soirees o on o.depuis <= j.jour and j.jour < o.jusqu_a
left join semaines_connues s
    on s.annee_scolaire = j.annee_scolaire and s.ecole = k.ecole and s.jour_semaine = j.jour_semaine and not j.libre
group by k.ecole, j.jour, j.jour_semaine, o.debut_min, o.fin_min;
