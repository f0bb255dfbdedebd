-- Cells that may be masked: every one outside the totals. A cut that fewer than k persons used is withheld whole: its
-- unused modalities are masked too, else the used one would be the total less zeros; so is a cut with one used modality
-- at a node that others make up, for it would tell theirs. Grain: cible, cle. Parameter: $k.
-- Needs finales, modalites, masques_anterieurs, lignes_cibles.
create or replace temp table candidats as
with coupees as (
    select f.cible, f.cle, m.coupe, f.personnes, (f.personnes > 0 and f.personnes < $k) or x.cle is not null as masquee
    from finales f
    join modalites m on m.cle = f.cle and m.coupe <> 'total'
    left join masques_anterieurs x on x.cible = f.cible and x.cle = f.cle
    where f.visites > 0
),
retenues as (
    select cible, coupe
    from coupees
    where coupe not in ('service', 'famille', 'type') and $k > 0
    group by cible, coupe
    having sum(personnes) < $k or (count(*) = 1 and cible in (select cible from lignes_cibles where tete))
),
vues as (
    select distinct coupe, cle from coupees
),
toutes as (
    select c.cible, c.cle, c.personnes, c.masquee or r.cible is not null as masquee, r.cible is not null as retenue
    from coupees c
    left join retenues r on r.cible = c.cible and r.coupe = c.coupe
    union all
    select r.cible, v.cle, cast(0 as bigint), true, true
    from retenues r
    join vues v on v.coupe = r.coupe
    left join coupees c on c.cible = r.cible and c.cle = v.cle
    where c.cle is null
)
select cast(row_number() over (order by cible, cle) - 1 as bigint) as cellule, cible, cle, personnes, masquee, retenue
from toutes;
