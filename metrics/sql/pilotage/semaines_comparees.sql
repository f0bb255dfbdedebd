-- School weeks of one or two spans with the weeks they compare with, and whether each is published and over: a running week
-- would be compared for days that it has not had. Grain: debut. Parameters: $du, $au, $du_precedent, $au_precedent (NULL: no
-- second span).
with finies as (
    select distinct debut
    from perimetre
    where periode = 'semaine' and debut + 6 <= (select max(jour) from completude)
)
select c.debut, c.jours_ecole, c.debut_precedent, c.jours_ecole_precedents, f.debut is not null as finie,
    p.debut is not null as precedente_finie
from semaines_comparables c
left join finies f on f.debut = c.debut
left join finies p on p.debut = c.debut_precedent
where c.periode_scolaire is not null
    and (c.debut between $du and $au or c.debut between $du_precedent and $au_precedent)
order by c.debut;
