-- Published users of one period over effectifs. A row for each published total and each base in which a school of the node
-- has an effectif of the profil. Grain: niveau, territoire, profil, base. Parameters: $periode, $debut, $annee, $part
-- (least share of the measured schools that have an effectif, per cent). A figure only where the published cell has one.
-- Needs frequentation_*, ecoles_noeuds, denominateurs, lieux, appartenance.
insert into taux
with chiffres as (
    select niveau, territoire, profil, utilisateurs, etat
    from frequentation_semaine
    where $periode = 'semaine' and debut = $debut and coupe = 'total'
    union all
    select niveau, territoire, profil, utilisateurs, etat
    from frequentation_mois
    where $periode = 'mois' and debut = $debut and coupe = 'total'
    union all
    select niveau, territoire, profil, utilisateurs, etat
    from frequentation_annee
    where $periode = 'annee' and debut = $debut and coupe = 'total'
),
regroupees as (  -- a parent of two schools of the group may count in one of them
    select uai from lieux where annee_scolaire = $annee and regroupement is not null and rattachement <> 'ecole_active'
),
groupes as (
    select groupe as profil, max(case when profil in ('parent', 'parent_elu') then 1 else 0 end) as parents,
        max(case when profil = 'eleve' then 1 else 0 end) as eleves
    from appartenance
    group by groupe
),
lignes as (
    select c.niveau, c.territoire, c.profil, d.base, c.utilisateurs, d.effectif, d.constate_le, d.ecoles,
        d.preelementaire_compris, d.base = 'eleves_onde' and g.parents = 1 as pour_100_eleves,
        coalesce(n.mesurees, 0) - d.ecoles - case when c.profil = 'eleve' then coalesce(n.maternelles_mesurees, 0) else 0 end
            as ecoles_sans_effectif,
        coalesce(n.concernees - n.mesurees, 0) as ecoles_non_recues,
        case when g.eleves = 1 then coalesce(n.preelementaires, 0) else 0 end as ecoles_preelementaire,
        case
            when r.uai is not null and g.parents = 1 then 'au_regroupement'
            when c.profil = 'eleve' and n.concernees = n.maternelles then 'sans_objet'
            else c.etat
        end as etat
    from chiffres c
    join groupes g on g.profil = c.profil
    join denominateurs d on d.niveau = c.niveau and d.territoire = c.territoire and d.profil = c.profil
    left join ecoles_noeuds n on n.niveau = c.niveau and n.territoire = c.territoire
    left join regroupees r on c.niveau = 'uai' and r.uai = c.territoire
),
jugees as (
    select niveau, territoire, profil, base, utilisateurs, effectif, constate_le, ecoles, ecoles_sans_effectif,
        ecoles_non_recues, ecoles_preelementaire, preelementaire_compris, pour_100_eleves,
        case
            when etat not in ('valeur', 'presume') then etat
            when coalesce(effectif, 0) = 0 or 100 * ecoles < $part * (ecoles + ecoles_sans_effectif) then 'sans_effectif'
            else etat
        end as etat
    from lignes
)
select $periode, $debut, niveau, territoire, profil, base,
    case when etat in ('valeur', 'presume') then utilisateurs end,
    case when etat in ('valeur', 'presume') then effectif end,
    constate_le, etat, ecoles, ecoles_sans_effectif, ecoles_non_recues, ecoles_preelementaire, preelementaire_compris,
    etat in ('valeur', 'presume') and not pour_100_eleves and utilisateurs > effectif, pour_100_eleves
from jugees
order by niveau, territoire, profil, base;
