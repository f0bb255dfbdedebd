-- How many rows each series of perimetres.sql has. Grain: periode, niveau, territoire.
select periode, niveau, territoire, count(*) as lignes
from perimetre
group by periode, niveau, territoire
order by periode, niveau, territoire;
