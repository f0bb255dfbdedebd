-- Sums that the tables show, and the cells that they are made of: modalities of a cut that don't overlap, an hour and its
-- weekdays, moments and their hours, a family and its only used service, a cut that overlaps and its only used modality (the
-- total), parts of a group, children of a node (not by assiduite, which depends on the scope). A cell has the sign that makes
-- the sum a published number. Grain: ligne, cellule. Needs candidats, modalites, inclusions, lignes_cibles, fines.
with membres as (
    select c.cible, i.tete, c.cellule, count(*) over (partition by c.cible, i.tete) as membres, i.exacte
    from candidats c
    join inclusions i on i.cle = c.cle
    join candidats t on t.cible = c.cible and t.cle = i.tete
    where c.personnes > 0 or c.masquee
),
seules as (
    select c.cible, m.coupe, min(m.cle) as cle
    from candidats c
    join modalites m on m.cle = c.cle and m.somme is null
    group by c.cible, m.coupe
    having sum(case when c.personnes > 0 then 1 else 0 end) = 1
),
incluses as (
    select cible, tete, cellule from membres where exacte or membres = 1
)
select cast(4 * (64 * cast(c.cible as bigint) + m.somme) as bigint) as ligne, c.cellule, cast(1 as bigint) as signe
from candidats c
join modalites m on m.cle = c.cle
where m.somme is not null
union all
select cast(4 * (1000 * l.ligne + c.cle) + 1 as bigint), c.cellule, cast(case when l.tete then -1 else 1 end as bigint)
from candidats c
join modalites m on m.cle = c.cle and m.coupe <> 'assiduite'
join lignes_cibles l on l.cible = c.cible and l.fines = (m.coupe in (select coupe from fines))
union all
select cast(4 * (1000 * cast(cible as bigint) + tete) + 2 as bigint), cellule, cast(1 as bigint)
from incluses
union all
select cast(4 * (1000 * cast(c.cible as bigint) + c.cle) + 2 as bigint), c.cellule, cast(-1 as bigint)
from candidats c
join (select distinct cible, tete from incluses) i on i.cible = c.cible and i.tete = c.cle
union all
select cast(4 * (1000 * cast(s.cible as bigint) + s.cle) + 3 as bigint), c.cellule, cast(1 as bigint)
from seules s
join candidats c on c.cible = s.cible
join modalites m on m.cle = c.cle and m.coupe = s.coupe;
