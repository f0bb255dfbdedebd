-- Masked cells that no mask could hide, in a school year. Grain: periode, debut. Parameter: $annee.
select r.periode, r.debut, r.cases
from protection_reserves r
join calendrier c on c.jour = r.debut and c.annee_scolaire = $annee
order by r.periode, r.debut;
