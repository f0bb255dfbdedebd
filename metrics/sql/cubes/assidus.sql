-- Visits and seconds in the week of acteurs who are one person with others. Grain: portion, acteur. Needs traces, acteurs.
create or replace temp table assidus as
select t.portion, t.acteur, t.visites, t.duree_s
from traces t
join acteurs a on a.acteur = t.acteur
where a.partagee and t.portion = 0;
