-- Visits of one week, with whose they are and when by the clock of Paris.
-- Grain: one visit, those of a person together. Needs formees, acteurs.
create or replace temp table visites as
select f.acteur, a.ecole, a.profil, timezone('Europe/Paris', to_timestamp(f.debut_ms / 1000.0)) as debut_local, f.duree_s,
    f.quoi // 32768 % 32 as appareil, f.quoi // 1024 % 32 as systeme, f.quoi // 32 % 32 as navigateur, f.services, f.types
from formees f
join acteurs a on a.acteur = f.acteur
order by f.acteur;
