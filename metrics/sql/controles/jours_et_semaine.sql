-- #fail Les visites des jours d’une semaine n’ont pas pour somme celles de la semaine.
-- Grain: one faulty (debut, niveau, territoire, profil).
select s.debut, s.niveau, s.territoire, s.profil
from frequentation_semaine s
join calendrier c on c.jour = s.debut
join protection p on p.annee_scolaire = c.annee_scolaire and p.niveau = s.niveau and p.territoire = s.territoire
    and p.profil = s.profil and p.totaux_jour
left join (
    select cast(date_trunc('week', debut) as date) as debut, niveau, territoire, profil, sum(visites) as visites
    from frequentation_jour
    group by 1, niveau, territoire, profil
) j on j.debut = s.debut and j.niveau = s.niveau and j.territoire = s.territoire and j.profil = s.profil
where s.coupe = 'total' and coalesce(j.visites, 0) <> coalesce(s.visites, 0)
