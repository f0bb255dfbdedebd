-- Schools in the weeks where they may be listed: past the first weeks of the year, open long enough, no longer provisional.
-- Grain: uai, debut. Parameters: $semaines_rentree, $semaines_ouverture, $part_complete (of the expected days, under which a
-- week is incomplete). Needs semaines_scolaires, ecoles, frequentation_semaine, perimetre.
create or replace temp table ecoles_suivies as
with ouvertures as (
    select e.annee_scolaire, e.uai, e.regroupement, e.rattachement, e.ouverte_le, min(s.numero) as numero
    from ecoles e
    join semaines_scolaires s on s.debut + 6 >= e.ouverte_le
    group by e.annee_scolaire, e.uai, e.regroupement, e.rattachement, e.ouverte_le
),
closes as (  -- every school has a row of tous, whatever its state
    select debut, territoire as uai
    from frequentation_semaine
    where niveau = 'uai' and coupe = 'total' and profil = 'tous' and not provisoire
)
select o.uai, s.debut, o.regroupement, o.rattachement, o.ouverte_le, p.jours_attendus, p.jours_recus,
    p.jours_recus >= $part_complete * p.jours_attendus as complete
from semaines_scolaires s
join ouvertures o on o.annee_scolaire = s.annee_scolaire
join closes c on c.debut = s.debut and c.uai = o.uai
join perimetre p on p.periode = 'semaine' and p.debut = s.debut and p.niveau = 'uai' and p.territoire = o.uai
where s.rang_annee > $semaines_rentree and s.numero - o.numero >= $semaines_ouverture - 1 and p.jours_attendus > 0;
