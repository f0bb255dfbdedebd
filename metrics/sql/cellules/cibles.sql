-- Where the visits of a school and profile count. Grain: ecole, profil, cible. Parameter: $annee.
-- Needs ecoles_annee, cibles_noms, placement_annees, appartenance.
create or replace temp table cibles as
select e.ecole, g.rang_profil as profil, c.cible, c.semaine, c.mois, c.fines
from placement_annees p
join ecoles_annee e on e.uai = p.uai
join cibles_noms c on c.niveau = p.niveau and c.territoire = p.territoire
join appartenance g on g.groupe = c.profil
where p.annee_scolaire = $annee;
