-- Cells as they leave: masked ones have no measure, a cut withheld whole has one row, `toutes`.
-- Grain: debut, cible, cle. Needs finales, candidats, masquees(cellule), modalites.
create or replace temp table publiables as
with caches as (
    select c.cible, c.cle, c.retenue, c.personnes from candidats c join masquees x on x.cellule = c.cellule
),
sans_chiffre as (
    select distinct c.cible, t.cle
    from caches c
    join modalites m on m.cle = c.cle
    join modalites t on t.coupe = m.coupe and t.modalite = 'toutes'
    where c.retenue
    union all
    select cible, cle from caches where not retenue and personnes = 0
)
select f.debut, f.cible, f.cle,
    case when x.cle is null then f.visites end as visites,
    case when x.cle is null then f.utilisateurs end as utilisateurs,
    case when x.cle is null then f.duree_s end as duree_s,
    case when x.cle is null then f.duree_mediane_s end as duree_mediane_s,
    x.cle is not null as masquee
from finales f
left join caches x on x.cible = f.cible and x.cle = f.cle
where x.cle is null or not x.retenue
union all
select (select max(debut) from finales), cible, cle, null, null, null, null, true
from sans_chiffre;
