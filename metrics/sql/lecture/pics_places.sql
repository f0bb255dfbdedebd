-- How many rows each series of pics.sql has. Grain: niveau, territoire.
select niveau, territoire, count(*) as lignes
from pics
group by niveau, territoire
order by niveau, territoire;
