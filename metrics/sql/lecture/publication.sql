-- "Figures as of", the last day of which anything was received, and the school days gone by since, before the publication's own
-- day by the clock of Paris. One row.
with recu as (
    select max(jour) as dernier from completude where recu = 'oui'
),
silence as (
    select count(*) as jours
    from calendrier c
    join recu r on c.jour > r.dernier
    where c.jour_ecole
        and c.jour < (select cast(timezone('Europe/Paris', timezone('UTC', max(instant))) as date) from publication)
)
select p.numero, p.instant, p.plan_version, p.politique, p.k, p.simulee, r.dernier, s.jours
from publication p
cross join recu r
cross join silence s;
