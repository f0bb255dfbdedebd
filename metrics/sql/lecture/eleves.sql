-- Pupils of every open school of each school year, one count a school: the one that suggested accesses start from.
-- Read once, when a publication is opened. Grain: debut, uai.
select debut, territoire as uai, eleves
from acces
where niveau = 'uai' and eleves > 0
order by debut, territoire;
