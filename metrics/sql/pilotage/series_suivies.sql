-- Published visits by school and week: of everyone (pupils and parents where `tous` is not published), and of the parents, by
-- the regroupement where the ENT may count them in another of its schools (design 3). Only cells with a figure are read.
-- `cumul`: visits so far; `active`: last week with one; `completes`: whole school weeks so far; `rang`: number of the week
-- among the retained ones, NULL outside them; `serie`: a number for (uai, niveau, territoire, profils), faster to sort by.
-- Provisional weeks come after all the others, and are listed by none. Grain: serie, debut.
-- Parameters: $semaines_rentree, $part_complete. Needs semaines_scolaires, ecoles, frequentation_semaine, perimetre, calendrier.
create or replace temp table series_suivies as
with cases as (
    select debut, niveau, territoire, profil, visites
    from frequentation_semaine
    where niveau in ('uai', 'regroupement') and coupe = 'total' and profil in ('tous', 'eleve', 'parents')
        and etat in ('valeur', 'presume')
),
placees as (
    select c.jour as debut, e.uai, e.regroupement,
        e.regroupement is not null and e.rattachement <> 'ecole_active' as par_regroupement
    from ecoles e
    join calendrier c on c.annee_scolaire = e.annee_scolaire and c.jour = c.semaine
),
sommes as (
    select debut, territoire as uai, max(case when profil = 'tous' then visites end) as tous,
        max(case when profil = 'eleve' then visites end) + max(case when profil = 'parents' then visites end) as familles
    from cases
    where niveau = 'uai'
    group by debut, territoire
),
lues as (
    select s.uai, 'uai' as niveau, s.uai as territoire, case when tous is null then 'eleve+parents' else 'tous' end as profils,
        s.debut, coalesce(tous, familles) as visites
    from sommes s
    where coalesce(tous, familles) is not null
    union all
    select p.uai, c.niveau, c.territoire, 'parents', c.debut, c.visites
    from placees p
    join cases c
        on c.debut = p.debut and c.profil = 'parents'
        and c.niveau = case when p.par_regroupement then 'regroupement' else 'uai' end
        and c.territoire = case when p.par_regroupement then p.regroupement else p.uai end
),
numeros as (
    select uai, niveau, territoire, profils, row_number() over (order by uai, profils, niveau, territoire) as serie
    from (select distinct uai, niveau, territoire, profils from lues) l
),
jugees as (
    select n.serie, l.*, p.jours_attendus as jours,
        case
            when s.debut is not null and p.jours_attendus > 0
                and p.jours_recus >= $part_complete * p.jours_attendus
            then 1
            else 0
        end as complete,
        coalesce(s.rang_annee, 0) > $semaines_rentree as apres_rentree
    from lues l
    join numeros n
        on n.uai = l.uai and n.niveau = l.niveau and n.territoire = l.territoire and n.profils = l.profils
    join perimetre p
        on p.periode = 'semaine' and p.debut = l.debut and p.niveau = l.niveau and p.territoire = l.territoire
    left join semaines_scolaires s on s.debut = l.debut
)
select serie, uai, niveau, territoire, profils, debut, visites, jours,
    sum(visites) over suite as cumul,
    max(case when visites > 0 then debut end) over suite as active,
    sum(complete) over suite as completes,
    case
        when complete = 1 and apres_rentree
        then sum(case when apres_rentree then complete else 0 end) over suite
    end as rang
from jugees
window suite as (partition by serie order by debut rows between unbounded preceding and current row);
