-- #warn Plus d’une école sur dix n’a rien envoyé d’une semaine où elle était attendue : voyez qualite_lots et completude.
-- Grain: one week.
select debut
from frequentation_semaine
where niveau = 'uai' and profil = 'tous' and coupe = 'total' and etat <> 'non_ouverte'
group by debut
having 10 * sum(case when etat = 'non_recu' then 1 else 0 end) > count(*)
