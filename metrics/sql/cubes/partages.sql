-- Persons of several schools or profiles, counted once in each territory and group, as kept in the lake. Their visits
-- are in ecoles already, except by assiduite, for the number of visits is that of the person in the territory.
-- Grain: periode, debut, niveau, territoire, profil (group), coupe, modalite.
-- Needs usages, acteurs, placement, appartenance, noeuds, modalites, assiduites.
with personnes as (
    select distinct u.periode, u.debut, p.noeud, g.rang_groupe, u.cle, a.visiteur
    from usages u
    join acteurs a on a.acteur = u.acteur
    join placement p on p.ecole = a.ecole
    join appartenance g on g.rang_profil = a.profil
    where a.partagee and u.cle not in (select cle from assiduites)
),
assidues as (
    select u.periode, u.debut, p.noeud, g.rang_groupe, a.visiteur, sum(u.visites) as visites, sum(u.duree_s) as duree_s
    from usages u
    join modalites m on m.cle = u.cle and m.coupe = 'total'
    join acteurs a on a.acteur = u.acteur
    join placement p on p.ecole = a.ecole
    join appartenance g on g.rang_profil = a.profil
    where a.partagee and u.periode = 'semaine'
    group by u.periode, u.debut, p.noeud, g.rang_groupe, a.visiteur
),
comptes as (
    select periode, debut, noeud, rang_groupe, cle, cast(0 as bigint) as visites, count(*) as utilisateurs,
        cast(0 as bigint) as duree_s
    from personnes
    group by periode, debut, noeud, rang_groupe, cle
    union all
    select q.periode, q.debut, q.noeud, q.rang_groupe, s.cle, cast(sum(q.visites) as bigint), count(*),
        cast(sum(q.duree_s) as bigint)
    from assidues q
    join assiduites s on q.visites >= s.min_visites and (s.max_visites is null or q.visites <= s.max_visites)
    group by q.periode, q.debut, q.noeud, q.rang_groupe, s.cle
)
select c.periode, c.debut, n.niveau, n.territoire, g.groupe as profil, m.coupe, m.modalite, c.visites,
    c.utilisateurs, c.duree_s
from comptes c
join noeuds n on n.noeud = c.noeud
join (select distinct groupe, rang_groupe from appartenance) g on g.rang_groupe = c.rang_groupe
join modalites m on m.cle = c.cle
order by c.periode, c.cle, c.noeud, c.rang_groupe, c.debut;
