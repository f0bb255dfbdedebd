-- Accounts or pupils of every node by school year, profil and base, as each of its schools last counted them. Read once, when a
-- publication is opened. In no order. Grain: annee_scolaire, niveau, territoire, profil, base.
with derniers as (
    select annee_scolaire, uai, profil, base, max(constate_le) as constate_le
    from effectifs
    group by annee_scolaire, uai, profil, base
),
comptes as (
    select e.annee_scolaire, e.uai, e.profil, e.base, e.effectif
    from derniers d
    join effectifs e
        on e.annee_scolaire = d.annee_scolaire and e.uai = d.uai and e.profil = d.profil and e.base = d.base
        and e.constate_le = d.constate_le
),
places as (
    select annee_scolaire, uai, 'uai' as niveau, uai as territoire from ecoles
    union all
    select annee_scolaire, uai, 'regroupement', regroupement from ecoles where regroupement is not null
    union all
    select annee_scolaire, uai, 'commune', code_commune from ecoles
    union all
    select annee_scolaire, uai, 'circonscription', code_circonscription from ecoles
    union all
    select annee_scolaire, uai, 'departement', code_departement from ecoles
    union all
    select annee_scolaire, uai, 'academie', code_academie from ecoles
    union all
    select annee_scolaire, uai, 'region', code_region from ecoles
)
select p.annee_scolaire, p.niveau, p.territoire, c.profil, c.base, cast(sum(c.effectif) as bigint)
from comptes c
join places p on p.annee_scolaire = c.annee_scolaire and p.uai = c.uai
group by p.annee_scolaire, p.niveau, p.territoire, c.profil, c.base;
