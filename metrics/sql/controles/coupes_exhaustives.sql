-- #fail Les visites d'une coupe qui ne se recouvre pas n'ont pas pour somme le total.
-- A masked modality leaves the sum at most the total. Grain: one faulty (debut, niveau, territoire, profil, coupe).
select t.debut, t.niveau, t.territoire, t.profil, p.coupe
from frequentation_semaine t
join (
    select debut, niveau, territoire, profil, coupe, sum(visites) as visites,
        sum(case when etat = 'secret' then 1 else 0 end) as secrets
    from frequentation_semaine
    where coupe in ('appareil', 'systeme', 'navigateur', 'heure', 'creneau', 'duree', 'assiduite')
    group by debut, niveau, territoire, profil, coupe
) p on p.debut = t.debut and p.niveau = t.niveau and p.territoire = t.territoire and p.profil = t.profil
where t.coupe = 'total' and (p.visites > t.visites or (p.visites < t.visites and p.secrets = 0))
