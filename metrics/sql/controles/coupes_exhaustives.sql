-- #fail Les visites d'une coupe qui ne se recouvre pas n'ont pas pour somme le total.
-- Grain: one faulty (debut, niveau, territoire, profil, coupe).
select t.debut, t.niveau, t.territoire, t.profil, p.coupe
from frequentation_semaine t
join (
    select debut, niveau, territoire, profil, coupe, sum(visites) as visites
    from frequentation_semaine
    where coupe in ('appareil', 'systeme', 'navigateur', 'heure', 'creneau', 'duree')
    group by debut, niveau, territoire, profil, coupe
) p on p.debut = t.debut and p.niveau = t.niveau and p.territoire = t.territoire and p.profil = t.profil
where t.coupe = 'total' and p.visites <> t.visites
