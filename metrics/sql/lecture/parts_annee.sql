-- Visits of a node over one school year, by modality of each cut. Grain: coupe, modalite. Its users are exact, for `total` alone.
-- Parameters: $niveau, $territoire, $profil, $du.
select coupe, modalite, etat, visites, utilisateurs, duree_s
from frequentation_annee
where debut = $du and niveau = $niveau and territoire = $territoire and profil = $profil;
