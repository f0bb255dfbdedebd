-- What each node publishes in a school year, but the profiles whose totals it keeps. Grain: annee_scolaire, niveau, territoire, profil.
select annee_scolaire, niveau, territoire, profil, coupes_semaine, coupes_mois, coupes_fines
from protection
where totaux
order by annee_scolaire, niveau, territoire, profil;
