-- Peaks of each week, totals of each month and the suggested access of the school year, of a school or a commune: three kinds of
-- rows, told apart by `periode`; a column that a kind doesn't know is NULL. Grain: periode, debut.
-- Parameters: $niveau, $territoire, $du, $au (Mondays), $annee (first day of the school year).
select 'semaine' as periode, debut, etat, pic_simultane, demi_journee,
    cast(null as bigint) as visites, cast(null as bigint) as utilisateurs, false as provisoire,
    cast(null as bigint) as eleves, cast(null as varchar) as base, cast(null as date) as constate_le,
    cast(null as bigint) as eleves_prevus, cast(null as bigint) as pic_max, cast(null as bigint) as personnes_retenues,
    cast(null as bigint) as debit_suggere_mbit_s
from pics
where niveau = $niveau and territoire = $territoire and debut between $du and $au
union all
select 'mois', debut, etat, null, null, visites, utilisateurs, provisoire, null, null, null, null, null, null, null
from frequentation_mois
where niveau = $niveau and territoire = $territoire and profil = 'tous' and coupe = 'total' and debut between $annee and $au
union all
select 'annee', debut, etat, null, null, null, null, false, eleves, base, constate_le, eleves_prevus, pic_max,
    personnes_retenues, debit_suggere_mbit_s
from acces
where niveau = $niveau and territoire = $territoire and debut = $annee
order by periode, debut;
