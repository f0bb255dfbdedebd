-- Largest number of visits in progress in one slot of class time, of each school and of all schools of each commune
-- together (class time of a visit is that of its own school), and the half-day when it was first reached: the morning as
-- soon as one of these visits is in its school's morning. Nothing where nobody came in class time.
-- A visit is in progress in every slot [t, t + tranche) that meets [start, end + prolongation], both ends included.
-- A sweep: +1 at its first slot of a half-day, -1 after its last one, added up in the order of slots (classes numbers them).
-- Grain: niveau, territoire. Parameters: $debut (Monday of the week), $tranche_min, $prolongation_min.
-- Needs visites, modalites, profils_comptes, classes, placement, noeuds.
with retenues as (
    select v.ecole, cast(isodow(v.debut_local) as integer) as jour_semaine, v.duree_s,
        hour(v.debut_local) * 3600 + minute(v.debut_local) * 60 + second(v.debut_local) as debut_s
    from visites v
    join modalites m on m.coupe = 'profil' and m.rang = v.profil
    join profils_comptes p on p.profil = m.modalite
),
tranches as (
    select ecole, jour_semaine,
        (jour_semaine - 1) * ceil(1440 / $tranche_min) + floor(debut_s / (60 * $tranche_min)) as premiere,
        (jour_semaine - 1) * ceil(1440 / $tranche_min)
            + floor((debut_s + duree_s + 60 * $prolongation_min) / (60 * $tranche_min)) as derniere
    from retenues
),
segments as (
    select t.ecole, case when c.demi_journee = 'matin' then 1 else 0 end as matin,
        cast(greatest(t.premiere, c.premiere) as integer) as premiere,
        cast(least(t.derniere, c.derniere) as integer) as derniere
    from tranches t
    join classes c
        on c.ecole = t.ecole and c.jour_semaine = t.jour_semaine
        and t.premiere <= c.derniere and t.derniere >= c.premiere
),
bornes as (
    select ecole, premiere as tranche, 1 as visites, matin as matins from segments
    union all
    select ecole, derniere + 1, -1, -matin from segments
),
bornes_noeuds as (
    select n.noeud, b.tranche, cast(sum(b.visites) as integer) as visites, cast(sum(b.matins) as integer) as matins
    from bornes b
    join placement p on p.ecole = b.ecole
    join noeuds n on n.noeud = p.noeud and n.niveau in ('uai', 'commune')
    group by n.noeud, b.tranche
),
en_cours as (
    select noeud, tranche,
        sum(visites) over (partition by noeud order by tranche rows between unbounded preceding and current row) as visites,
        sum(matins) over (partition by noeud order by tranche rows between unbounded preceding and current row) as matins
    from bornes_noeuds
),
sommets as (
    select noeud, max(visites) as visites from en_cours group by noeud
),
premiers as (
    select e.noeud, e.visites, min(e.tranche) as tranche
    from en_cours e
    join sommets s on s.noeud = e.noeud and s.visites = e.visites
    group by e.noeud, e.visites
)
select cast($debut as date) as debut, n.niveau, n.territoire, cast(p.visites as bigint) as pic_simultane,
    cast(cast(floor(p.tranche / ceil(1440 / $tranche_min)) as integer) + 1 as varchar) || '-'
        || case when e.matins > 0 then 'matin' else 'apres_midi' end as demi_journee
from premiers p
join en_cours e on e.noeud = p.noeud and e.tranche = p.tranche
join noeuds n on n.noeud = p.noeud
order by n.niveau, n.territoire;
