-- Published weeks with a school day; `jugee`: schools may be listed at their end, past the first weeks of the year and no
-- longer provisional. Grain: debut. Parameter: $semaines_rentree.
with publiees as (
    select debut, min(case when provisoire then 0 else 1 end) as close
    from frequentation_semaine
    where niveau = 'region' and coupe = 'total' and profil = 'tous'
    group by debut
),
scolaires as (
    select semaine as debut, min(annee_scolaire) as annee_scolaire,
        max(case when periode_scolaire is not null then 1 else 0 end) as scolaire
    from calendrier
    group by semaine
    having max(case when jour_ecole then 1 else 0 end) = 1
),
rangs as (
    select debut, scolaire, sum(scolaire) over (partition by annee_scolaire order by debut) as rang
    from scolaires
)
select r.debut, p.close = 1 and r.scolaire = 1 and r.rang > $semaines_rentree
from rangs r
join publiees p on p.debut = r.debut
order by r.debut;
