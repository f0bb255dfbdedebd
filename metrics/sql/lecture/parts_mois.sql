-- Visits of a node over one month, by modality of each cut. Grain: coupe, modalite. Its users are exact, for `total` alone.
-- Parameters: $niveau, $territoire, $profil, $du.
select coupe, modalite, etat, visites, utilisateurs, duree_s
from frequentation_mois
where debut = $du and niveau = $niveau and territoire = $territoire and profil = $profil;
