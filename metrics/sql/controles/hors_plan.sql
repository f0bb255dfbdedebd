-- #warn Plus d’une visite sur vingt d’une semaine passe par un service hors du plan : demandez au prestataire de nommer ses services.
-- Grain: one week.
select h.debut
from frequentation_semaine h
join frequentation_semaine t
    on t.debut = h.debut and t.niveau = h.niveau and t.territoire = h.territoire and t.profil = h.profil
    and t.coupe = 'total'
where h.niveau = 'region' and h.profil = 'tous' and h.coupe = 'service' and h.modalite = 'hors_plan'
    and 20 * h.visites > t.visites
