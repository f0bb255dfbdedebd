-- Rates of the nodes of some levels, for what boards hold in memory: read once, when a publication is opened. `etat` is its rank in a
-- list, `constate_le` the days since 1 January 1970. Grain: periode, niveau, territoire, profil, base, debut. Parameters: $niveaux, $etats.
select periode, niveau, territoire, profil, base, debut, cast(list_position($etats, etat) - 1 as tinyint) as etat, numerateur,
    denominateur, cast(constate_le - date '1970-01-01' as integer) as constate_le,
    cast(depasse_effectif as tinyint) as depasse_effectif, cast(pour_100_eleves as tinyint) as pour_100_eleves,
    cast(ecoles_sans_effectif as integer) as ecoles_sans_effectif, cast(ecoles_non_recues as integer) as ecoles_non_recues,
    cast(ecoles_preelementaire as integer) as ecoles_preelementaire
from taux
where list_contains($niveaux, niveau);
