-- One period of one table: what was counted, and the spine of zeros, gaps and secrets for `total` (design 8).
-- Grain: debut, niveau, territoire, profil, coupe, modalite. Parameters: $periode, $du, $au (first days written),
-- $annee, $provisoire_apres (weeks after this Monday may still change).
-- Needs publiables, cibles_noms, modalites, etats_noeuds, protections.
with comptes as (
    select p.debut, t.niveau, t.territoire, t.profil, m.cle, m.coupe, m.modalite, p.visites, p.utilisateurs, p.duree_s,
        p.duree_mediane_s, case when p.masquee then 'secret' else 'valeur' end as etat
    from publiables p
    join cibles_noms t on t.cible = p.cible
    join modalites m on m.cle = p.cle
    where $periode <> 'jour' or t.jours
),
publies as (
    select niveau, territoire, profil, case when $periode = 'jour' then jours else total end as total
    from protections
    where annee_scolaire = $annee
),
etats as (
    select debut, niveau, territoire, etat
    from etats_noeuds
    where periode = $periode and annee_scolaire = $annee and debut between $du and $au
),
zeros as (
    select e.debut, e.niveau, e.territoire, r.profil, m.cle, m.coupe, m.modalite,
        case when r.total and e.etat in ('valeur', 'presume') then 0 end as visites,
        case when r.total and e.etat in ('valeur', 'presume') then 0 end as utilisateurs,
        case when r.total and e.etat in ('valeur', 'presume') then 0 end as duree_s,
        cast(null as bigint) as duree_mediane_s,
        case when not r.total and e.etat in ('valeur', 'presume') then 'secret' else e.etat end as etat
    from etats e
    join publies r on r.niveau = e.niveau and r.territoire = e.territoire and (r.total or r.profil = 'tous')
    join modalites m on m.coupe = 'total'
    left join comptes c
        on c.debut = e.debut and c.niveau = e.niveau and c.territoire = e.territoire and c.profil = r.profil
        and c.cle = m.cle
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
