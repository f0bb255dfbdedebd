-- Cells of a month: visits and durations add up over its segments, users come from its register, and at least as many
-- persons stand behind a cell as in the largest segment (design 9). Grain: debut, cible, cle. Parameter: $debut.
-- Needs cellules (segments), personnes_vues (register).
create or replace temp table finales as
with sommes as (
    select cible, cle, cast(sum(visites) as bigint) as visites, cast(sum(duree_s) as bigint) as duree_s,
        max(utilisateurs) as personnes
    from cellules
    group by cible, cle
)
select cast($debut as date) as debut, coalesce(s.cible, p.cible) as cible, coalesce(s.cle, p.cle) as cle,
    coalesce(s.visites, 0) as visites, p.utilisateurs, coalesce(s.duree_s, 0) as duree_s,
    cast(null as bigint) as duree_mediane_s, coalesce(s.personnes, 0) as personnes
from sommes s
full join personnes_vues p on p.cible = s.cible and p.cle = s.cle;
