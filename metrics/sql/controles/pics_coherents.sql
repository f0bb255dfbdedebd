-- #fail Un pic contredit les visites de la semaine, ou celui d’une commune contredit ceux de ses écoles.
-- A peak is at most the week's visits; a commune's is at least that of each school, and at most their sum where all are known.
-- Grain: one faulty (debut, niveau, territoire).
with communes as (
    select p.debut, e.code_commune as territoire, max(p.pic_simultane) as plus_grand, sum(p.pic_simultane) as somme,
        sum(case when p.etat = 'secret' then 1 else 0 end) as secrets
    from pics p
    join calendrier c on c.jour = p.debut
    join ecoles e on e.annee_scolaire = c.annee_scolaire and e.uai = p.territoire
    where p.niveau = 'uai'
    group by p.debut, e.code_commune
)
select p.debut, p.niveau, p.territoire
from pics p
left join frequentation_semaine f
    on f.debut = p.debut and f.niveau = p.niveau and f.territoire = p.territoire and f.profil = 'tous'
    and f.coupe = 'total'
left join communes c on p.niveau = 'commune' and c.debut = p.debut and c.territoire = p.territoire
where (p.pic_simultane is null and p.etat in ('valeur', 'presume'))
    or (p.pic_simultane is not null and (f.visites is null or p.pic_simultane > f.visites))
    or p.pic_simultane < c.plus_grand
    or (c.secrets = 0 and p.pic_simultane > c.somme)
