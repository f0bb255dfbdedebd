-- Cells as they leave: masked ones have no measure. Grain: debut, cible, cle. Needs finales, candidats, masquees(cellule).
create or replace temp table publiables as
with caches as (
    select c.cible, c.cle from candidats c join masquees x on x.cellule = c.cellule
)
select coalesce(f.debut, (select max(debut) from finales)) as debut, coalesce(f.cible, x.cible) as cible,
    coalesce(f.cle, x.cle) as cle,
    case when x.cle is null then f.visites end as visites,
    case when x.cle is null then f.utilisateurs end as utilisateurs,
    case when x.cle is null then f.duree_s end as duree_s,
    case when x.cle is null then f.duree_mediane_s end as duree_mediane_s,
    x.cle is not null as masquee
from finales f
full join caches x on x.cible = f.cible and x.cle = f.cle;
