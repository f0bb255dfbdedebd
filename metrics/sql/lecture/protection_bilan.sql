-- What masks cost in a school year, by level, period and cut. Grain: periode, niveau, coupe. Parameter: $annee.
select b.periode, b.niveau, b.coupe, cast(sum(b.cases) as bigint) as cases, cast(sum(b.secretes) as bigint) as secretes,
    cast(sum(b.visites) as bigint) as visites
from bilan_protection b
join calendrier c on c.jour = b.debut and c.annee_scolaire = $annee
group by b.periode, b.niveau, b.coupe
order by b.periode, b.niveau, b.coupe;
