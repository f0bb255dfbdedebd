-- Sums that the territories of the day make: one (-1) and those that it holds (1). Grain: ligne, cellule.
-- Parameter: $annee. Needs placement_annees, cases_du_jour.
with liens as (
    select distinct c.cellule as ligne, e.cellule
    from placement_annees p
    join placement_annees q on q.annee_scolaire = p.annee_scolaire and q.uai = p.uai
    join (
        values ('region', 'academie'), ('academie', 'departement'), ('departement', 'circonscription')
    ) n(niveau, niveau_enfant) on n.niveau = p.niveau and n.niveau_enfant = q.niveau
    join cases_du_jour c on c.niveau = p.niveau and c.territoire = p.territoire
    join cases_du_jour e on e.niveau = q.niveau and e.territoire = q.territoire
    where p.annee_scolaire = $annee
)
select ligne, cellule, cast(1 as bigint) as signe from liens
union all
select distinct ligne, ligne, cast(-1 as bigint) from liens
order by ligne, cellule;
