-- Cells that may be masked: every one outside the totals and those that the published days tell (a week-end, where days
-- are published, every school's week is known and none has class on a Saturday). Where fewer than k persons stand
-- behind a published sum, its unused modalities are masked too, else the used one would be the sum less zeros: a cut of
-- a node that fewer than k persons used is withheld whole (`retenue`), as is one with a single used modality at a node
-- that others make up, for it would tell theirs; the hours of one weekday are masked together. A sum with one used
-- modality has its unused ones as candidates, and so has every sum that a masked unused one goes into: only another
-- mask can call for them. `pleine`: a modality of an overlapping cut that has all the visits; `fixe`: known whatever is
-- masked. Grain: cible, cle. Parameters: $k; $montrees: shorter periods, none of them partly outside, show the cuts of
-- the nodes that publish them by week. Needs finales, modalites, inclusions, masques_anterieurs, cibles_noms,
-- lignes_cibles, ascendants, cibles_samedi.
create or replace temp table candidats as
with irregulieres as (
    select cible from cibles_samedi
    union
    select f.cible
    from finales f
    join modalites m on m.cle = f.cle and m.coupe = 'moment' and m.modalite = 'non_renseigne'
    where f.visites > 0
),
totaux as (
    select f.cible, f.visites, f.personnes
    from finales f
    join modalites m on m.cle = f.cle and m.coupe = 'total'
),
coupees as (
    select f.cible, f.cle, m.coupe, coalesce(m.somme, -1) as somme, f.personnes,
        m.somme is null and f.visites = t.visites as pleine,
        (f.personnes > 0 and f.personnes < $k) or x.cle is not null as masquee
    from finales f
    join modalites m on m.cle = f.cle and m.coupe <> 'total'
    left join masques_anterieurs x on x.cible = f.cible and x.cle = f.cle
    left join totaux t on t.cible = f.cible
    where f.visites > 0
        and not (
            m.coupe = 'moment' and m.modalite = 'week_end' and f.cible not in (select cible from irregulieres)
            and f.cible in (select cible from cibles_noms where jours)
        )
),
sommes as (
    select cible, coupe, somme, count(*) as modalites, sum(personnes) as personnes
    from coupees
    group by cible, coupe, somme
),
coupes as (
    select s.cible, s.coupe, sum(s.modalites) as modalites, max(f.personnes) as personnes
    from sommes s
    left join totaux f on f.cible = s.cible
    group by s.cible, s.coupe
),
reduites as (
    select s.cible, s.coupe, s.somme, s.personnes < $k and s.somme >= 0 as petite,
        coalesce(c.personnes, 0) < $k
            or (c.modalites = 1 and c.cible in (select cible from lignes_cibles where tete)) as retenue
    from sommes s
    join coupes c on c.cible = s.cible and c.coupe = s.coupe
    where $k > 0 and (s.modalites = 1 or s.personnes < $k or coalesce(c.personnes, 0) < $k)
),
vues as (
    select distinct coupe, somme, cle from coupees
),
inutilisees as (
    select r.cible, v.cle, r.retenue or r.petite as masquee, r.retenue
    from reduites r
    join vues v on v.coupe = r.coupe and v.somme = r.somme
    left join coupees c on c.cible = r.cible and c.cle = v.cle
    where c.cle is null
),
dessus as (
    select distinct a.tete as cible, i.cle
    from inutilisees i
    join ascendants a on a.cible = i.cible
    left join inutilisees j on j.cible = a.tete and j.cle = i.cle
    left join coupees c on c.cible = a.tete and c.cle = i.cle
    where i.masquee and j.cle is null and c.cle is null
),
anterieures as (
    select x.cible, x.cle
    from masques_anterieurs x
    join modalites m on m.cle = x.cle
    join coupes p on p.cible = x.cible and p.coupe = m.coupe
    left join coupees c on c.cible = x.cible and c.cle = x.cle
    left join inutilisees i on i.cible = x.cible and i.cle = x.cle
    where c.cle is null and i.cle is null
),
toutes as (
    select c.cible, c.cle, c.personnes, c.masquee or coalesce(r.retenue, false) as masquee,
        coalesce(r.retenue, false) as retenue, coalesce(c.pleine, false) as pleine
    from coupees c
    left join reduites r on r.cible = c.cible and r.coupe = c.coupe and r.somme = c.somme
    union all
    select i.cible, i.cle, cast(0 as bigint), i.masquee or x.cle is not null, i.retenue, false
    from inutilisees i
    left join masques_anterieurs x on x.cible = i.cible and x.cle = i.cle
    union all
    select cible, cle, cast(0 as bigint), true, false, false from anterieures
    union all
    select d.cible, d.cle, cast(0 as bigint), false, false, false
    from dessus d
    left join anterieures a on a.cible = d.cible and a.cle = d.cle
    where a.cle is null
),
-- An hour without a person stays known where the weekday-hours that make it up are shown, all without one.
connues as (
    select t.cible, t.cle
    from toutes t
    join inclusions i on i.tete = t.cle and i.exacte
    join cibles_noms n on n.cible = t.cible and n.fines
    left join toutes m on m.cible = t.cible and m.cle = i.cle
    where t.personnes = 0
    group by t.cible, t.cle
    having count(m.cle) = 0
    union
    -- To mask what all shorter periods show would protect nothing: they add up to it.
    select t.cible, t.cle
    from toutes t
    join cibles_noms n on n.cible = t.cible and n.semaine
    where $montrees and not t.masquee
)
select cast(row_number() over (order by t.cible, t.cle) - 1 as bigint) as cellule, t.cible, t.cle, t.personnes,
    t.masquee and c.cle is null as masquee, t.retenue, t.pleine, c.cle is not null as fixe
from toutes t
left join connues c on c.cible = t.cible and c.cle = t.cle;
