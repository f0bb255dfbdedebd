-- Lower median of the visits' durations: the smallest duration that at least half of the visits don't exceed.
-- Grain: periode, debut, niveau, territoire, profil. Parameter: $debut (Monday of the week). Needs visites, acteurs, placement, appartenance, noeuds.
with medianes as (
    select 'semaine' as periode, cast($debut as date) as debut, p.noeud, g.rang_groupe,
        percentile_disc(0.5) within group (order by v.duree_s) as duree_mediane_s
    from visites v
    join acteurs a on a.acteur = v.acteur
    join placement p on p.ecole = a.ecole
    join appartenance g on g.rang_profil = a.profil
    group by p.noeud, g.rang_groupe
    union all
    select 'jour', cast(v.debut_local as date), p.noeud, g.rang_groupe,
        percentile_disc(0.5) within group (order by v.duree_s)
    from visites v
    join acteurs a on a.acteur = v.acteur
    join placement p on p.ecole = a.ecole
    join appartenance g on g.rang_profil = a.profil
    group by cast(v.debut_local as date), p.noeud, g.rang_groupe
)
select d.periode, d.debut, n.niveau, n.territoire, g.groupe as profil, d.duree_mediane_s
from medianes d
join noeuds n on n.noeud = d.noeud
join (select distinct groupe, rang_groupe from appartenance) g on g.rang_groupe = d.rang_groupe
order by d.periode, d.noeud, d.rang_groupe, d.debut;
