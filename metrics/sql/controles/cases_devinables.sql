-- #warn Des cases secrètes de moins de k personnes se déduisent encore des sommes publiées, faute d’autre case à masquer (nombre par période : table protection_reserves) : dites-le au DPD avant de diffuser le fichier.
-- Which cells is nowhere published. Grain: one (periode, debut), with its count.
select periode, debut, cases
from protection_reserves
where cases > 0
order by cases desc, periode, debut
