-- Nodes and the nodes that they are the sum of. Grain: niveau, territoire, niveau_enfant, enfant.
-- Parameter: $annee. Needs placement_annees, ecoles_mesurees.
select distinct p.niveau, p.territoire, e.niveau as niveau_enfant, e.territoire as enfant
from placement_annees p
join placement_annees e on e.annee_scolaire = p.annee_scolaire and e.uai = p.uai
join (
    values ('region', 'academie'), ('academie', 'departement'), ('departement', 'circonscription'),
        ('departement', 'commune'), ('circonscription', 'uai'), ('commune', 'uai'), ('regroupement', 'uai')
) n(niveau, niveau_enfant) on n.niveau = p.niveau and n.niveau_enfant = e.niveau
where p.annee_scolaire = $annee
    and p.uai in (select uai from ecoles_mesurees where annee_scolaire = $annee)
order by p.niveau, p.territoire, e.niveau, e.territoire;
