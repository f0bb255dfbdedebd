-- Schools that the source knows, whatever the year. Grain: uai.
select distinct uai from ecoles order by uai;
