-- How to read the published file, as it says it itself. Grain: ordre.
select texte from LISEZ_MOI order by ordre;
