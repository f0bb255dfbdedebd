-- Internet access suggested to every school and commune of a school year's spine, by the formula of DNMA-ACC: the pupils
-- meant to connect together, or the largest published peak when it is larger. Of a school's counts of pupils, the census goes
-- first: it counts who is there. A commune with a school whose pupils are unknown has no suggestion. Where the only published peaks
-- are nil and a week is secret, the largest is not known: that week's is larger.
-- Grain: debut, niveau, territoire. Needs pics, calendrier, etats_ecoles, effectifs_charges, placement_annees, reglages_acces.
insert into acces
with choisis as (
    select annee_scolaire, uai, effectif, base, constate_le,
        row_number() over (
            partition by annee_scolaire, uai
            order by case base when 'eleves_onde' then 1 when 'comptes_ouverts' then 2 else 3 end, constate_le desc
        ) as rang
    from effectifs_charges
    where profil = 'eleve'
),
ecoles_annee as (
    select o.annee_scolaire, o.uai, c.effectif as eleves, c.base, c.constate_le,
        least(c.effectif, r.eleves_par_classe * greatest(1, ceil(c.effectif / r.eleves_pour_une_classe))) as prevus
    from (select distinct annee_scolaire, uai from etats_ecoles where etat <> 'non_ouverte') o
    join reglages_acces r on r.annee_scolaire = o.annee_scolaire
    left join choisis c on c.annee_scolaire = o.annee_scolaire and c.uai = o.uai and c.rang = 1
),
noeuds_annee as (
    select e.annee_scolaire, p.niveau, p.territoire, count(e.eleves) = count(*) as connu, sum(e.eleves) as eleves,
        case when min(e.base) = max(e.base) then min(e.base) else 'plusieurs' end as base,
        min(e.constate_le) as constate_le, sum(e.prevus) as prevus
    from ecoles_annee e
    join placement_annees p on p.annee_scolaire = e.annee_scolaire and p.uai = e.uai and p.niveau in ('uai', 'commune')
    group by e.annee_scolaire, p.niveau, p.territoire
),
pics_annee as (
    select c.annee_scolaire, p.niveau, p.territoire,
        case
            when max(p.pic_simultane) > 0 or max(case when p.etat = 'secret' then 1 else 0 end) = 0 then max(p.pic_simultane)
        end as pic_max
    from pics p
    join calendrier c on c.jour = p.debut
    group by c.annee_scolaire, p.niveau, p.territoire
),
besoins as (
    select n.annee_scolaire, n.niveau, n.territoire, n.connu, p.pic_max, r.version, r.kbit_s_par_personne, r.marge_pct,
        r.minimum_mbit_s,
        case when n.connu then cast(n.eleves as bigint) end as eleves, case when n.connu then n.base end as base,
        case when n.connu then n.constate_le end as constate_le,
        case when n.connu then cast(n.prevus as bigint) end as prevus,
        case when n.connu then cast(greatest(n.prevus, coalesce(p.pic_max, 0)) as bigint) end as retenus
    from noeuds_annee n
    join reglages_acces r on r.annee_scolaire = n.annee_scolaire
    left join pics_annee p on p.annee_scolaire = n.annee_scolaire and p.niveau = n.niveau and p.territoire = n.territoire
)
select cast(substr(annee_scolaire, 1, 4) || '-08-01' as date), niveau, territoire, eleves, base, constate_le, prevus,
    pic_max, retenus,
    case when connu then cast(
        greatest(minimum_mbit_s, ceil(retenus * kbit_s_par_personne * (100 + marge_pct) / 100000)) as bigint
    ) end, version, case when connu then 'valeur' else 'sans_effectif' end
from besoins
order by niveau, territoire, annee_scolaire;
