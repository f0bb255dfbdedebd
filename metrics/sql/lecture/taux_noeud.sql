-- Rates of a node over one period and the one that it compares with. Grain: profil, debut, base.
-- Parameters: $periode, $niveau, $territoire, $reference and $precedente (periods; NULL for none).
select 'taux', profil, etat, numerateur, denominateur, null, debut, base, constate_le, depasse_effectif, pour_100_eleves,
    ecoles_sans_effectif, ecoles_non_recues, ecoles_preelementaire
from taux
where periode = $periode and niveau = $niveau and territoire = $territoire and debut in ($reference, $precedente);
