-- Effectif of each school by profil or group and base, as known on a day: the latest count made by then, else the first one
-- made after. A group has one where each of its profiles has, in the same base.
-- Pupils without the préélémentaire, so none (NULL) in a maternelle; where a primaire's is unknown it stays in
-- (preelementaire_compris). Under eleves_onde, parents stand over every pupil, préélémentaire included, and staff over nothing.
-- Grain: uai, profil, base. Parameters: $annee, $arrete_le. Needs effectifs_charges, ecoles_mesurees, lieux, appartenance.
create or replace temp table effectifs_groupes as
with retenus as (
    select uai, base, profil,
        coalesce(max(case when constate_le <= $arrete_le then constate_le end), min(constate_le)) as constate_le
    from effectifs_charges
    where annee_scolaire = $annee and (base <> 'eleves_onde' or profil = 'eleve')
    group by uai, base, profil
),
choisis as (
    select c.uai, c.base, c.profil, c.effectif, c.dont_preelementaire, c.constate_le, l.type_ecole
    from retenus r
    join effectifs_charges c
        on c.annee_scolaire = $annee and c.uai = r.uai and c.base = r.base and c.profil = r.profil
        and c.constate_le = r.constate_le
    join ecoles_mesurees m on m.annee_scolaire = $annee and m.uai = c.uai
    join lieux l on l.annee_scolaire = $annee and l.uai = c.uai
),
comptes as (
    select uai, base, profil, constate_le,
        case
            when profil <> 'eleve' then effectif
            when type_ecole = 'maternelle' then null
            else effectif - coalesce(dont_preelementaire, 0)
        end as effectif,
        case
            when profil <> 'eleve' or dont_preelementaire is not null or type_ecole in ('maternelle', 'elementaire') then 0
            else 1
        end as preelementaire_compris
    from choisis
),
tailles as (
    select groupe, count(*) as profils from appartenance group by groupe
)
select c.uai, g.groupe as profil, c.base, cast(sum(c.effectif) as bigint) as effectif,
    min(c.constate_le) as constate_le, max(c.preelementaire_compris) as preelementaire_compris
from comptes c
join appartenance g on g.profil = c.profil
join tailles t on t.groupe = g.groupe
group by c.uai, g.groupe, c.base, t.profils
having count(*) = t.profils
union all
select c.uai, p.profil, c.base, c.effectif, c.constate_le, 0
from choisis c
cross join (values ('parent'), ('parents')) p(profil)
where c.base = 'eleves_onde';
