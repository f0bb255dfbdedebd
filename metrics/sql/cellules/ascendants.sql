-- Every published sum that a node and profile goes into, at one remove or more. Grain: cible, tete.
-- Needs lignes_cibles.
create or replace temp table ascendants as
with recursive directs as (
    select distinct m.cible, t.cible as tete
    from lignes_cibles m
    join lignes_cibles t on t.ligne = m.ligne and t.tete
    where not m.tete
),
chaines as (
    select cible, tete from directs
    union
    select c.cible, d.tete
    from chaines c
    join directs d on d.cible = c.tete
)
select cible, tete from chaines;
