-- Persons behind each node, by profile and group, for protection only: accounts, else pupils; unknown parents are as many
-- as pupils, unknown personnels one a class and one more (design 9).
-- Grain: niveau, territoire, profil. Parameter: $annee. Needs effectifs_charges, placement_annees, appartenance, ecoles_mesurees.
with choisis as (
    select uai, profil, effectif, classes,
        row_number() over (
            partition by uai, profil
            order by case base when 'comptes_ouverts' then 1 when 'comptes_actives' then 2 else 3 end, constate_le desc
        ) as rang
    from effectifs_charges
    where annee_scolaire = $annee
),
connus as (
    select uai, profil, effectif, classes from choisis where rang = 1
),
ecoles as (
    select e.uai, max(case when c.profil = 'eleve' then c.effectif end) as eleves, max(c.classes) as classes,
        max(case when c.profil in ('parent', 'parent_elu') then 1 else 0 end) as parents_connus,
        max(case when c.profil in (select profil from appartenance where groupe = 'personnels') then 1 else 0 end) as personnels_connus
    from (select distinct uai from ecoles_mesurees where annee_scolaire = $annee) e
    left join connus c on c.uai = e.uai
    group by e.uai
),
complets as (
    select c.uai, c.profil, c.effectif from connus c join ecoles e on e.uai = c.uai
    union all
    select uai, 'parent', eleves from ecoles where parents_connus = 0
    union all
    select uai, 'enseignant', coalesce(classes, ceil(eleves / 23.0)) + 1 from ecoles where personnels_connus = 0
),
noeuds as (
    select distinct p.niveau, p.territoire, g.groupe as profil
    from placement_annees p
    join ecoles e on e.uai = p.uai
    cross join (select distinct groupe from appartenance) g
    where p.annee_scolaire = $annee
),
sommes as (
    select p.niveau, p.territoire, g.groupe as profil, sum(coalesce(c.effectif, 0)) as effectif
    from complets c
    join placement_annees p on p.annee_scolaire = $annee and p.uai = c.uai
    join appartenance g on g.profil = c.profil
    group by p.niveau, p.territoire, g.groupe
)
select n.niveau, n.territoire, n.profil, cast(coalesce(s.effectif, 0) as bigint) as effectif
from noeuds n
left join sommes s on s.niveau = n.niveau and s.territoire = n.territoire and s.profil = n.profil
order by n.niveau, n.territoire, n.profil;
