-- Digest of what a period's rates are made of besides published cells: its schools, where they lie, and their effectifs.
-- Grain: periode, debut. Needs ecoles_periodes, lieux, effectifs_charges.
with comptes as (
    select annee_scolaire, bit_xor(hash(uai, profil, base, constate_le, effectif, dont_preelementaire)) as empreinte
    from effectifs_charges
    group by annee_scolaire
),
ecoles as (
    select e.periode, e.debut, e.annee_scolaire,
        bit_xor(hash(
            e.uai, e.ouverte, e.mesuree, e.active, l.type_ecole, l.rattachement, l.regroupement, l.code_commune,
            l.code_circonscription, l.code_departement, l.code_academie, l.code_region
        )) as empreinte
    from ecoles_periodes e
    join lieux l on l.annee_scolaire = e.annee_scolaire and l.uai = e.uai
    group by e.periode, e.debut, e.annee_scolaire
)
select e.periode, e.debut, cast(e.empreinte as varchar) || ' ' || coalesce(cast(c.empreinte as varchar), '')
from ecoles e
left join comptes c on c.annee_scolaire = e.annee_scolaire;
