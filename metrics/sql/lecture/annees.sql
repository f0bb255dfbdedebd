-- Last school week of each school year of the calendar, and the last day that anything was awaited on. Grain: annee_scolaire.
select annee_scolaire, max(semaine) as derniere_semaine, (select max(jour) from completude) as dernier_jour
from calendrier
where periode_scolaire is not null
group by annee_scolaire
order by annee_scolaire;
