-- Schools to support of every week, each cause in the plan's order. Read once, when a publication is opened.
-- Grain: debut, uai, cause.
select a.debut, a.uai, a.cause, a.profils, a.valeur, a.reference, a.visites_perdues, a.depuis, a.semaines
from ecoles_a_accompagner a
left join plan_causes c on c.code = a.cause
order by a.debut, a.uai, c.ordre, a.cause;
