-- Territories above the school. Grain: annee_scolaire, niveau, territoire. Needs noms_usuels.
insert into territoires
with places as (
    select p.annee_scolaire, p.niveau, p.territoire, min(p.nom) as nom, min(p.parent) as parent
    from placement_annees p
    where p.niveau <> 'uai' and p.uai in (select uai from etats_ecoles)
    group by p.annee_scolaire, p.niveau, p.territoire
)
select p.annee_scolaire, p.niveau, p.territoire, p.nom, n.nom_usuel, p.parent
from places p
join noms_usuels n on n.niveau = p.niveau and n.nom = p.nom
order by 1, 2, 3;
