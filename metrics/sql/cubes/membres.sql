-- Members of one register, as if each had been seen once. Grain: visiteur, ecole, profil. Parameter: $fichiers (parts).
-- Needs ecoles_vues, modalites.
create or replace temp table evenements as
select distinct r.pseudonyme as visiteur, e.ecole, p.rang as profil
from read_parquet($fichiers) r
join ecoles_vues e on e.uai = r.uai
join modalites p on p.coupe = 'profil' and p.modalite = r.profil;
