-- The same, as masks are chosen. Grain: cellule. Needs cases_du_jour.
select utilisateurs, secret from cases_du_jour order by cellule;
