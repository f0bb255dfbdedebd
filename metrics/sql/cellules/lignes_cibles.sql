-- Sums that can be read off the tables: a group and its parts in a node, a node and its children under one profile.
-- `fines`: among the nodes that publish fine cuts; the others' sums stand apart.
-- `manquants`: members that are not published with those cuts. Grain: ligne, cible.
-- Parameter: $grain ('semaine' or 'mois'). Needs cibles_noms, liens(niveau, territoire, niveau_enfant, enfant), parts(groupe, part).
create or replace temp table lignes_cibles as
with publiees as (
    select cible, niveau, territoire, profil, false as fines
    from cibles_noms
    where case $grain when 'semaine' then semaine else mois end
    union all
    select cible, niveau, territoire, profil, true from cibles_noms where fines
),
sommes as (
    select p.cible as tete, p.fines, 'parts' as genre, p.niveau, p.territoire, x.part as profil
    from publiees p
    join parts x on x.groupe = p.profil
    union all
    select p.cible, p.fines, l.niveau_enfant, l.niveau_enfant, l.enfant, p.profil
    from publiees p
    join liens l on l.niveau = p.niveau and l.territoire = p.territoire
),
membres as (
    select s.tete, s.fines, s.genre, m.cible
    from sommes s
    left join publiees m
        on m.fines = s.fines and m.niveau = s.niveau and m.territoire = s.territoire and m.profil = s.profil
),
lignes as (
    select tete, fines, genre, cast(row_number() over (order by fines, tete, genre) as bigint) as ligne,
        count(*) - count(cible) as manquants
    from membres
    group by tete, fines, genre
    having count(cible) > 0
)
select l.ligne, l.fines, m.cible, false as tete, l.manquants
from lignes l
join membres m on m.tete = l.tete and m.fines = l.fines and m.genre = l.genre and m.cible is not null
union all
select ligne, fines, tete, true, manquants from lignes;
