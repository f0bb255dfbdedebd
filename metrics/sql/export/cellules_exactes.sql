-- Exact cells of schools as they leave, none masked. Grain: debut, cible, cle. Needs cellules.
create or replace temp table publiables as
select debut, cible, cle, visites, utilisateurs, duree_s, cast(null as bigint) as duree_mediane_s, false as masquee
from cellules;
