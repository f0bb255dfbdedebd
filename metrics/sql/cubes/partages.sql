-- What sums of schools and profiles count too much, in each territory and group where a person has several: once less for each
-- time that it is told again, and for assiduite its visits in the class that they have together. Persons who meet in the same
-- schools and profiles of a node are found once for all such nodes. As kept in the lake: negative numbers, to be added.
-- Grain: periode, debut, niveau, territoire, profil (group), coupe, modalite.
-- Needs usages, assidus, portions, acteurs, placement, appartenance, noeuds, modalites, assiduites.
with retrouves as (
    select p.noeud, g.rang_groupe, list(a.acteur order by a.acteur) as acteurs
    from acteurs a
    join placement p on p.ecole = a.ecole
    join appartenance g on g.rang_profil = a.profil
    where a.partagee
    group by a.visiteur, p.noeud, g.rang_groupe
    having count(*) > 1
),
ensembles as (
    select acteurs, cast(row_number() over () as integer) as ensemble from (select distinct acteurs from retrouves)
),
lieux_communs as (
    select e.ensemble, r.noeud, r.rang_groupe from retrouves r join ensembles e on e.acteurs = r.acteurs
),
membres as (
    select ensemble, unnest(acteurs) as acteur from ensembles
),
redits as (
    select u.portion, m.ensemble, u.cle, cast(0 as bigint) as visites, 1 - count(*) as utilisateurs,
        cast(0 as bigint) as duree_s
    from usages u
    join membres m on m.acteur = u.acteur
    where u.cle not in (select cle from assiduites)
    group by u.portion, m.ensemble, u.cle
    having count(*) > 1
),
ensemble_assidus as (
    select s.portion, m.ensemble, cast(sum(s.visites) as bigint) as visites, cast(sum(s.duree_s) as bigint) as duree_s
    from assidus s
    join membres m on m.acteur = s.acteur
    group by s.portion, m.ensemble
),
declasses as (
    select e.portion, e.ensemble, a.cle, e.visites, 1 as utilisateurs, e.duree_s
    from ensemble_assidus e
    join assiduites a on e.visites >= a.min_visites and (a.max_visites is null or e.visites <= a.max_visites)
    union all
    select s.portion, m.ensemble, a.cle, -s.visites, -1, -s.duree_s
    from assidus s
    join membres m on m.acteur = s.acteur
    join assiduites a on s.visites >= a.min_visites and (a.max_visites is null or s.visites <= a.max_visites)
),
comptes as (
    select c.portion, l.noeud, l.rang_groupe, c.cle, cast(sum(c.visites) as bigint) as visites,
        cast(sum(c.utilisateurs) as bigint) as utilisateurs, cast(sum(c.duree_s) as bigint) as duree_s
    from (select * from redits union all select * from declasses) c
    join lieux_communs l on l.ensemble = c.ensemble
    group by c.portion, l.noeud, l.rang_groupe, c.cle
)
select t.periode, t.debut, n.niveau, n.territoire, g.groupe as profil, m.coupe, m.modalite, c.visites,
    c.utilisateurs, c.duree_s
from comptes c
join portions t on t.portion = c.portion
join noeuds n on n.noeud = c.noeud
join (select distinct groupe, rang_groupe from appartenance) g on g.rang_groupe = c.rang_groupe
join modalites m on m.cle = c.cle
where c.visites <> 0 or c.utilisateurs <> 0 or c.duree_s <> 0
order by c.portion, c.cle, c.noeud, c.rang_groupe;
