-- Digest of what every node publishes, by school year. Grain: annee_scolaire. Needs protections.
select annee_scolaire, cast(bit_xor(hash(niveau, territoire, profil, total, jours, semaine, mois, fines)) as varchar) as empreinte
from protections
group by annee_scolaire;
