-- One period's table: what was counted, and the spine of zeros and gaps for `total` (design 8).
-- Grain: debut, niveau, territoire, profil, coupe, modalite.
-- Parameters: $periode, $provisoire_apres (weeks after this Monday may still change). Needs cubes, etats_noeuds, appartenance.
with comptes as (
    select debut, niveau, territoire, profil, coupe, modalite, visites, utilisateurs, duree_s, duree_mediane_s,
        'valeur' as etat
    from cubes
    where periode = $periode
),
spine as (
    select n.debut, n.niveau, n.territoire, g.groupe as profil, n.etat
    from etats_noeuds n
    cross join (select distinct groupe from appartenance) g
    where n.periode = $periode
),
zeros as (
    select s.debut, s.niveau, s.territoire, s.profil, 'total' as coupe, 'total' as modalite,
        case when s.etat in ('valeur', 'presume') then 0 end as visites,
        case when s.etat in ('valeur', 'presume') then 0 end as utilisateurs,
        case when s.etat in ('valeur', 'presume') then 0 end as duree_s,
        cast(null as bigint) as duree_mediane_s,
        s.etat
    from spine s
    left join comptes c
        on c.debut = s.debut and c.niveau = s.niveau and c.territoire = s.territoire
        and c.profil = s.profil and c.coupe = 'total'
    where c.debut is null
),
lignes as (
    select * from comptes
    union all
    select * from zeros
)
select debut, niveau, territoire, profil, coupe, modalite, visites, utilisateurs, duree_s, duree_mediane_s, etat,
    cast(date_trunc('week', case $periode
        when 'jour' then debut
        when 'semaine' then debut
        when 'mois' then last_day(debut)
        else cast(debut + interval 1 year as date) - 1
    end) as date) > $provisoire_apres
from lignes
order by niveau, territoire, coupe, profil, debut, modalite;
