-- Every cut of a node and profil, week after week, as boards of all its spans and services share it. A masked modality has no figure.
-- One plain scan, added up by who reads: a board's time goes to planning its queries, and these rows to many boards.
-- Grain: coupe, modalite, debut. Parameters: $niveau, $territoire, $profil, $du, $au.
select coupe, modalite, debut, visites, utilisateurs, duree_s
from frequentation_semaine
where niveau = $niveau and territoire = $territoire and profil = $profil and debut between $du and $au
    and etat in ('valeur', 'secret');
