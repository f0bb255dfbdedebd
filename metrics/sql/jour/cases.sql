-- Visits begun this day and their users, of each territory from circonscription up, and whether it hides them by itself: its
-- totals by day are not published (N under k, or unknown), it has one school alone, for which a day stops at yesterday, or too
-- few users. Grain: niveau, territoire, numbered from 0. Parameters: $jour, $annee, $k.
-- Needs visites, acteurs, placement, noeuds, placement_annees, ecoles_mesurees, protections.
create or replace temp table cases_du_jour as
with comptes as (
    select n.niveau, n.territoire, count(*) as visites, count(distinct a.visiteur) as utilisateurs
    from visites v
    join acteurs a on a.acteur = v.acteur
    join placement p on p.ecole = v.ecole
    join noeuds n on n.noeud = p.noeud
    where cast(v.debut_local as date) = $jour
    group by n.niveau, n.territoire
),
connus as (
    select p.niveau, p.territoire, count(m.uai) as ecoles
    from placement_annees p
    left join ecoles_mesurees m on m.annee_scolaire = p.annee_scolaire and m.uai = p.uai
    where p.annee_scolaire = $annee and p.niveau in ('region', 'academie', 'departement', 'circonscription')
    group by p.niveau, p.territoire
)
select cast(row_number() over (order by c.niveau, c.territoire) - 1 as bigint) as cellule, c.niveau, c.territoire,
    coalesce(n.visites, 0) as visites, coalesce(n.utilisateurs, 0) as utilisateurs,
    $k > 0 and (
        not coalesce(r.jours, false) or c.ecoles < 2 or (n.utilisateurs is not null and n.utilisateurs < $k)
    ) as secret
from connus c
left join comptes n on n.niveau = c.niveau and n.territoire = c.territoire
left join protections r
    on r.annee_scolaire = $annee and r.niveau = c.niveau and r.territoire = c.territoire and r.profil = 'tous'
where c.ecoles > 0 or n.visites is not null;
