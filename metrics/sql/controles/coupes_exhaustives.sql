-- #fail Les visites d’une coupe qui ne se recouvre pas n’ont pas pour somme le total.
-- A masked modality leaves the sum at most the total. Grain: one faulty (debut, niveau, territoire, profil, coupe).
select t.debut, t.niveau, t.territoire, t.profil, p.coupe
from frequentation_semaine t
join (
    select f.debut, f.niveau, f.territoire, f.profil, f.coupe, sum(f.visites) as visites,
        sum(case when f.etat = 'secret' then 1 else 0 end) as secrets
    from frequentation_semaine f
    join plan_coupes c on c.code = f.coupe and c.partition
    where f.coupe <> 'total'
    group by f.debut, f.niveau, f.territoire, f.profil, f.coupe
) p on p.debut = t.debut and p.niveau = t.niveau and p.territoire = t.territoire and p.profil = t.profil
where t.coupe = 'total' and (p.visites > t.visites or (p.visites < t.visites and p.secrets = 0))
