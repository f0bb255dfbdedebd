-- Cells of a school year: visits and durations of its months, users of its register. Nodes that have cuts by month alone have
-- none by year. Grain: debut, cible, cle.
-- Parameters: $mois (cells kept of each month), $debut. Needs cibles_noms, modalites, personnes_vues (register).
create or replace temp table finales as
with sommes as (
    select t.cible, m.cle, cast(sum(c.visites) as bigint) as visites, cast(sum(c.duree_s) as bigint) as duree_s,
        max(c.personnes) as personnes
    from read_parquet($mois) c
    join cibles_noms t on t.niveau = c.niveau and t.territoire = c.territoire and t.profil = c.profil
    join modalites m on m.coupe = c.coupe and m.modalite = c.modalite
    where m.coupe = 'total' or t.semaine
    group by t.cible, m.cle
)
select cast($debut as date) as debut, coalesce(s.cible, p.cible) as cible, coalesce(s.cle, p.cle) as cle,
    coalesce(s.visites, 0) as visites, p.utilisateurs, coalesce(s.duree_s, 0) as duree_s,
    cast(null as bigint) as duree_mediane_s, coalesce(s.personnes, 0) as personnes
from sommes s
full join personnes_vues p on p.cible = s.cible and p.cle = s.cle;
