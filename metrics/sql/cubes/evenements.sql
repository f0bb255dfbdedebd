-- Events of one week, coded: ranks stand for texts, in their order, so that ties of instant fall as design 3 says; `quoi`
-- packs those of an event (fewer than 32 each), few columns being what is carried fastest. `repere`: what a repeat has in common
-- with the first; repeats have the same `cle`, and so may others.
-- Grain: one event. Parameters: $fichiers (event files), $fin (instant where figures stop). Needs ecoles_vues, modalites.
create or replace temp table evenements as
select e.visiteur, k.ecole, cast(p.rang as integer) as profil, epoch_ms(e.instant) as instant_ms,
    (((s.rang * 32 + a.rang) * 32 + y.rang) * 32 + n.rang) * 32 + t.rang as quoi,
    coalesce(e.id, epoch_ms(e.instant)) as repere, case when e.id is null then s.rang else -1 end as repere_service,
    hash(e.visiteur, k.ecole, repere, repere_service) as cle
from read_parquet($fichiers) e
join ecoles_vues k on k.uai = e.uai
join modalites p on p.coupe = 'profil' and p.modalite = e.profil
join modalites s on s.coupe = 'service' and s.modalite = e.service
join modalites a on a.coupe = 'appareil' and a.modalite = e.appareil
join modalites y on y.coupe = 'systeme' and y.modalite = e.systeme
join modalites n on n.coupe = 'navigateur' and n.modalite = e.navigateur
join modalites t on t.coupe = 'type' and t.modalite = e.type
where e.instant < $fin;
