-- Counts of each school and profile, as kept in the lake. They add up to every territory and group, but for persons of several
-- schools or profiles, whom partages takes away where they are told again. A register has persons without visits.
-- Grain: periode, debut, uai, profil, coupe, modalite. Needs sommes, usages, portions, ecoles_vues, modalites.
with personnes as (
    select portion, ecole, profil, cle, count(*) as utilisateurs from usages group by portion, ecole, profil, cle
),
comptes as (
    select coalesce(s.portion, p.portion) as portion, coalesce(s.ecole, p.ecole) as ecole,
        coalesce(s.profil, p.profil) as profil, coalesce(s.cle, p.cle) as cle, coalesce(s.visites, 0) as visites,
        coalesce(p.utilisateurs, 0) as utilisateurs, coalesce(s.duree_s, 0) as duree_s
    from sommes s
    full join personnes p on p.portion = s.portion and p.ecole = s.ecole and p.profil = s.profil and p.cle = s.cle
)
select t.periode, t.debut, e.uai, p.modalite as profil, m.coupe, m.modalite, c.visites, c.utilisateurs, c.duree_s
from comptes c
join portions t on t.portion = c.portion
join ecoles_vues e on e.ecole = c.ecole
join modalites p on p.coupe = 'profil' and p.rang = c.profil
join modalites m on m.cle = c.cle
order by c.portion, c.cle, c.ecole, c.profil;
