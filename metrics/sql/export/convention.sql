-- Schools enrolled by the convention in one school year, by payer, and what each costs, in cents. A declared amount stands;
-- payers without one share evenly what is left of the rate, the first ones in order taking the odd cents.
-- Grain: uai, payer. Parameters: $annee, $tarif_centimes (a school and year). Needs deploiement, annuaire.
with inscrites as (
    select distinct uai, nom_payeur, siret_payeur, type_payeur, cast(round(montant * 100) as bigint) as declare_centimes,
        inscrite_le, ouverte_le, retiree_le
    from deploiement
    where annee_scolaire = $annee
),
rangs as (
    select *, count(*) over (partition by uai) as payeurs,
        count(*) over (partition by uai, declare_centimes is null) as semblables,
        row_number() over (
            partition by uai, declare_centimes is null
            order by siret_payeur nulls last, nom_payeur nulls last, type_payeur nulls last
        ) as rang,
        greatest($tarif_centimes - coalesce(sum(declare_centimes) over (partition by uai), 0), 0) as reste
    from inscrites
)
select r.uai, a.nom, a.nom_commune, r.nom_payeur, r.siret_payeur, r.type_payeur, r.payeurs,
    cast(coalesce(
        r.declare_centimes, r.reste // r.semblables + case when r.rang <= r.reste % r.semblables then 1 else 0 end
    ) as bigint) as centimes,
    case
        when r.declare_centimes is not null then 'declare'
        when r.payeurs = 1 then 'tarif'
        else 'tarif_partage'
    end as base_cout,
    r.inscrite_le, r.ouverte_le, r.retiree_le
from rangs r
left join annuaire a on a.annee_scolaire = $annee and a.uai = r.uai
order by r.nom_payeur nulls last, r.siret_payeur nulls last, r.uai;
