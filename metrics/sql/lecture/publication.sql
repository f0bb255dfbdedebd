-- "Figures as of". One row.
select numero, instant, plan_version, politique, simulee from publication;
