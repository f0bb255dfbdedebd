-- The table that metrics/medianes.py makes, for engines without NumPy (design 14): lower median of the visits' durations, the
-- smallest one that at least half of the visits don't exceed, of the week (portion 0) and of its days (1: Monday).
-- Grain: noeud, rang_groupe, portion. Needs visites, placement, appartenance.
create or replace temp table medianes_noeuds as
with lignes as (
    select p.noeud, g.rang_groupe, cast(isodow(v.debut_local) as integer) as portion, v.duree_s
    from visites v
    join placement p on p.ecole = v.ecole
    join appartenance g on g.rang_profil = v.profil
)
select noeud, rang_groupe, 0 as portion, percentile_disc(0.5) within group (order by duree_s) as duree_mediane_s
from lignes
group by noeud, rang_groupe
union all
select noeud, rang_groupe, portion, percentile_disc(0.5) within group (order by duree_s)
from lignes
group by noeud, rang_groupe, portion;
