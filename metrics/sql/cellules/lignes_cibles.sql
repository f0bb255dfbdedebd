-- Sums that can be read off the tables: a group and its parts in a node, a node and its children under one profile.
-- `manquants`: members that are not published with their cuts. Grain: ligne, cible.
-- Parameter: $grain ('semaine' or 'mois'). Needs cibles_noms, liens(niveau, territoire, niveau_enfant, enfant), parts(groupe, part).
create or replace temp table lignes_cibles as
with publiees as (
    select cible, niveau, territoire, profil from cibles_noms where case $grain when 'semaine' then semaine else mois end
),
sommes as (
    select p.cible as tete, 'parts' as genre, p.niveau, p.territoire, x.part as profil
    from publiees p
    join parts x on x.groupe = p.profil
    union all
    select p.cible, l.niveau_enfant, l.niveau_enfant, l.enfant, p.profil
    from publiees p
    join liens l on l.niveau = p.niveau and l.territoire = p.territoire
),
membres as (
    select s.tete, s.genre, m.cible
    from sommes s
    left join publiees m on m.niveau = s.niveau and m.territoire = s.territoire and m.profil = s.profil
),
lignes as (
    select tete, genre, cast(row_number() over (order by tete, genre) as bigint) as ligne, count(*) - count(cible) as manquants
    from membres
    group by tete, genre
    having count(cible) > 0
)
select l.ligne, m.cible, false as tete, l.manquants
from lignes l
join membres m on m.tete = l.tete and m.genre = l.genre and m.cible is not null
union all
select ligne, tete, true, manquants from lignes;
