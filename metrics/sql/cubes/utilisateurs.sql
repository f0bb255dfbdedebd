-- Persons of one register at every level, as kept in the lake. Grain: periode, debut, niveau, territoire, profil. Needs cube.
select periode, debut, niveau, territoire, profil, utilisateurs
from cube
order by niveau, territoire, profil;
