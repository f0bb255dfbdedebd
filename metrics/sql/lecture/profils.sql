-- Profiles that have published totals. Read once, when a publication is opened. Grain: profil.
select profil from frequentation_semaine where coupe = 'total'
union
select profil from frequentation_mois where coupe = 'total'
union
select profil from frequentation_annee where coupe = 'total'
order by profil;
