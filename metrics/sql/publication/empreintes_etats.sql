-- Digest of the states of every node, by period; those of days go with their week. Grain: periode, debut. Needs etats_noeuds.
select case periode when 'jour' then 'semaine' else periode end as periode,
    case periode when 'jour' then cast(date_trunc('week', debut) as date) else debut end as debut,
    cast(bit_xor(hash(periode, debut, niveau, territoire, annee_scolaire, etat)) as varchar) as empreinte
from etats_noeuds
group by 1, 2;
