-- Visits of a week as they stay once it is sealed: no person, no order of arrival, no browser, no seconds of the start.
-- Grain: one visit, sorted by what is seen of it. Needs visites, ecoles_vues, modalites.
with services as (
    select rang, modalite from modalites where coupe = 'service'
),
noms as (
    select v.services, list_sort(list(s.modalite)) as liste
    from (select distinct services from visites) v
    join services s on v.services & (1 << s.rang) <> 0
    group by v.services
)
select cast(v.debut_local as date) as jour, cast(hour(v.debut_local) as integer) as heure, e.uai,
    p.modalite as profil, t.modalite as appareil, cast(v.duree_s as bigint) as duree_s, n.liste as services
from visites v
join ecoles_vues e on e.ecole = v.ecole
join modalites p on p.coupe = 'profil' and p.rang = v.profil
join modalites t on t.coupe = 'appareil' and t.rang = v.appareil
join noms n on n.services = v.services
order by jour, heure, e.uai, profil, appareil, duree_s, services;
