-- Persons of a register in each published node. Grain: cible, cle. Needs cellules (of the register).
create or replace temp table personnes_vues as
select cible, cle, utilisateurs from cellules;
