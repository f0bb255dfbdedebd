-- Usual names of the territories of each published school year. Grain: annee_scolaire, niveau, territoire.
select annee_scolaire, niveau, territoire, nom_usuel from territoires;
