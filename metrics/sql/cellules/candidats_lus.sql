-- Cells that may be masked, in their order. Grain: cellule. Needs candidats.
select cellule, personnes, masquee, pleine from candidats order by cellule;
