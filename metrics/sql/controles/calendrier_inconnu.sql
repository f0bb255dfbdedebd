-- #warn Les vacances d’une année scolaire ne sont pas connues, donc ni ses périodes ni ses comparaisons : complétez marking_plan/calendrier.toml.
-- Grain: one school year.
select annee_scolaire
from calendrier
group by annee_scolaire
having max(periode_scolaire) is null
