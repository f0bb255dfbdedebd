-- Rates of every school for one profil over one period, but those that are no percentage. Grain: uai, base.
-- Parameters: $periode, $debut, $profil.
select territoire as uai, base, etat, numerateur, denominateur
from taux
where periode = $periode and debut = $debut and niveau = 'uai' and profil = $profil and not pour_100_eleves
order by territoire, base;
