-- Masked cells with the persons behind them, as kept in the lake for the longer periods.
-- Grain: niveau, territoire, profil, coupe, modalite. Needs candidats, masquees(cellule), cibles_noms, modalites.
select t.niveau, t.territoire, t.profil, m.coupe, m.modalite, c.personnes
from candidats c
join masquees x on x.cellule = c.cellule
join cibles_noms t on t.cible = c.cible
join modalites m on m.cle = c.cle
order by c.cible, c.cle;
