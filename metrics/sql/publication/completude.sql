-- Completeness by day and open school. Grain: jour, uai.
insert into completude
select jour, uai, attendu, recu from completude_ecoles order by uai, jour;
