-- Cells that may be masked, in their order. Grain: cellule. Needs candidats.
select cellule, personnes, masquee, pleine, fixe from candidats order by cellule;
