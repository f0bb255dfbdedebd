-- #fail Le jour en cours descend sous la circonscription, n’est pas celui de la publication, ou se contredit.
-- Grain: one faulty (jour, niveau, territoire).
select j.jour, j.niveau, j.territoire
from jour_en_cours j
left join publication p on cast(timezone('Europe/Paris', timezone('UTC', p.instant)) as date) = j.jour
where p.numero is null
    or j.niveau not in ('region', 'academie', 'departement', 'circonscription')
    or j.utilisateurs > j.visites
    or (j.etat = 'valeur') <> (j.visites is not null and j.utilisateurs is not null)
    or exists (select 1 from frequentation_jour f where f.debut >= j.jour)
