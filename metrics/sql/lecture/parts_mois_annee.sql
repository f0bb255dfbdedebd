-- Visits of a node over one month or school year, by modality of each cut, by profil as the cut `profil`, and its rates as the
-- cut `taux`. Grain: coupe, modalite; rates: debut, profil, base. Its users are exact, for `total` and `profil` alone.
-- Parameters: $niveau, $territoire, $periode, $profil, $profils, $du, $au, $reference and $precedente (periods of the rates).
with cellules as (
    select profil, coupe, modalite, etat, visites, utilisateurs, duree_s
    from frequentation_mois
    where $periode = 'mois' and niveau = $niveau and territoire = $territoire and debut between $du and $au
    union all
    select profil, coupe, modalite, etat, visites, utilisateurs, duree_s
    from frequentation_annee
    where $periode = 'annee' and niveau = $niveau and territoire = $territoire and debut between $du and $au
)
select coupe, modalite, etat, visites, utilisateurs, duree_s, cast(null as date) as debut, cast(null as varchar) as base,
    cast(null as date) as constate_le, false as depasse_effectif, false as pour_100_eleves, 0 as ecoles_sans_effectif,
    0 as ecoles_non_recues, 0 as ecoles_preelementaire
from cellules
where profil = $profil
union all
select 'profil', profil, etat, visites, utilisateurs, duree_s, null, null, null, false, false, 0, 0, 0
from cellules
where coupe = 'total' and profil in (select unnest($profils)) and etat in ('valeur', 'secret')
union all
select 'taux', profil, etat, numerateur, denominateur, null, debut, base, constate_le, depasse_effectif, pour_100_eleves,
    ecoles_sans_effectif, ecoles_non_recues, ecoles_preelementaire
from taux
where periode = $periode and niveau = $niveau and territoire = $territoire and debut in ($reference, $precedente)
order by 1, 2, 7, 8;
