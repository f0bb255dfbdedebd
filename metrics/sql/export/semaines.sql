-- Weeks that hold figures of schools. Grain: debut.
select distinct debut from frequentation_semaine where niveau = 'uai' and coupe = 'total' order by debut;
