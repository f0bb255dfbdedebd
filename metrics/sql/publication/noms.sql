-- Names of schools and territories as the annuaire writes them. Grain: niveau, nom. Needs placement_annees.
select distinct niveau, nom from placement_annees order by niveau, nom;
