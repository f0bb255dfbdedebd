-- What masks cost in a school year, by level, period and cut. Grain: periode, niveau, coupe. Parameter: $annee.
select periode, niveau, coupe, cases, secretes, visites
from bilan_protection
where annee_scolaire = $annee
order by periode, niveau, coupe;
