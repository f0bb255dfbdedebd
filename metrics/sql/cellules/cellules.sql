-- Exact cells of the published nodes. Grain: debut, cible, cle. Parameters: $ecoles and $partages (counts kept in the
-- lake), $periodes, $du, $au (first days of what is read), $grain ('semaine' or 'mois': which nodes have cuts,
-- those of the table fines aside). A week that two months share is read by its segments. Weeks sealed before the cut
-- `moment` existed have no row of it: all their visits are `non_renseigne` in it, so that it still adds up to the total.
-- Needs ecoles_annee, cibles, cibles_noms, modalites, fines.
create or replace temp table cellules as
with totaux as (
    select cle from modalites where coupe = 'total'
),
cles as (
    select m.cle, m.coupe, m.modalite, g.coupe is not null as fine
    from modalites m
    left join fines g on g.coupe = m.coupe
),
sans_moment as (
    select distinct periode, debut from read_parquet($ecoles) where periode in ('semaine', 'segment')
    except
    select distinct periode, debut from read_parquet($ecoles) where coupe = 'moment'
),
lus_ecoles as (
    select periode, debut, uai, profil, coupe, modalite, visites, utilisateurs, duree_s from read_parquet($ecoles)
    union all
    select c.periode, c.debut, c.uai, c.profil, 'moment', 'non_renseigne', c.visites, c.utilisateurs, c.duree_s
    from read_parquet($ecoles) c
    join sans_moment s on s.periode = c.periode and s.debut = c.debut
    where c.coupe = 'total'
),
lus_partages as (
    select periode, debut, niveau, territoire, profil, coupe, modalite, visites, utilisateurs, duree_s
    from read_parquet($partages)
    union all
    select c.periode, c.debut, c.niveau, c.territoire, c.profil, 'moment', 'non_renseigne', c.visites, c.utilisateurs,
        c.duree_s
    from read_parquet($partages) c
    join sans_moment s on s.periode = c.periode and s.debut = c.debut
    where c.coupe = 'total'
),
comptes as (
    select c.debut, e.ecole, p.rang as profil, m.cle, m.fine, c.visites, c.utilisateurs, c.duree_s
    from lus_ecoles c
    join ecoles_annee e on e.uai = c.uai
    join modalites p on p.coupe = 'profil' and p.modalite = c.profil
    join cles m on m.coupe = c.coupe and m.modalite = c.modalite
    where list_contains($periodes, c.periode) and c.debut between $du and $au
        and ($grain = 'semaine' or c.coupe <> 'assiduite')
        and ($grain = 'semaine' or c.periode <> 'semaine' or month(c.debut) = month(c.debut + 6))
),
etendus as (
    select c.debut, t.cible, c.cle, c.visites, c.utilisateurs, c.duree_s
    from comptes c
    join cibles t on t.ecole = c.ecole and t.profil = c.profil
    where c.cle in (select cle from totaux) or case when c.fine then t.fines when $grain = 'semaine' then t.semaine else t.mois end
    union all
    select c.debut, t.cible, m.cle, c.visites, c.utilisateurs, c.duree_s
    from lus_partages c
    join cibles_noms t on t.niveau = c.niveau and t.territoire = c.territoire and t.profil = c.profil
    join cles m on m.coupe = c.coupe and m.modalite = c.modalite
    where list_contains($periodes, c.periode) and c.debut between $du and $au
        and ($grain = 'semaine' or c.coupe <> 'assiduite')
        and ($grain = 'semaine' or c.periode <> 'semaine' or month(c.debut) = month(c.debut + 6))
        and (c.coupe = 'total' or case when m.fine then t.fines when $grain = 'semaine' then t.semaine else t.mois end)
)
select debut, cible, cle, cast(sum(visites) as bigint) as visites, cast(sum(utilisateurs) as bigint) as utilisateurs,
    cast(sum(duree_s) as bigint) as duree_s
from etendus
group by debut, cible, cle;
