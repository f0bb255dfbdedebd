-- What each node publishes. Grain: annee_scolaire, niveau, territoire, profil. Needs protections.
insert into protection
select annee_scolaire, niveau, territoire, profil, total, jours, semaine, mois, fines
from protections
order by annee_scolaire, niveau, territoire, profil;
