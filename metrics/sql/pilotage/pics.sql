-- Peaks by week of every school and commune of the spine, protected (design 9). Grain: debut, niveau, territoire.
-- A school's peak is secret where the school doesn't publish its totals, or when it is under k without being zero.
-- A commune's peak C lies between the largest peak of its schools and their sum, so it could betray one that is secret:
-- C less the visible peaks is the least that the secret ones hold together. It is secret
--   where the commune doesn't publish its totals, or when it is under k without being zero;
--   when one school alone is secret: what is left of C would be that school's;
--   when it exceeds what is known without it: one visit for each school that is secret for a peak under k, and the visible
--   peaks, each less one visit (the half-days tell that a peak was not reached at another moment);
--   when it is zero and a school doesn't publish its totals: that school's would be zero too.
-- Shown, it says nothing more of a secret school; masked, it says at most that two of them are not all at their least.
-- Parameter: $k. Needs pics_comptes, semaines_des_pics, etats_noeuds, protections, placement_annees.
insert into pics
with attendus as (
    select e.debut, e.annee_scolaire, e.niveau, e.territoire, e.etat, r.total,
        case when e.etat in ('valeur', 'presume') then coalesce(c.pic_simultane, 0) end as pic, c.demi_journee
    from etats_noeuds e
    join semaines_des_pics s on s.debut = e.debut
    join protections r on r.annee_scolaire = e.annee_scolaire and r.niveau = e.niveau
        and r.territoire = e.territoire and r.profil = 'tous'
    left join pics_comptes c on c.debut = e.debut and c.niveau = e.niveau and c.territoire = e.territoire
    where e.periode = 'semaine' and e.niveau in ('uai', 'commune')
),
seuls as (
    select debut, annee_scolaire, niveau, territoire, etat, pic, demi_journee, total,
        pic is not null and (not total or (pic > 0 and pic < $k)) as secret
    from attendus
),
communes as (
    select p.territoire, e.debut,
        sum(case when e.secret then 1 else 0 end) as secrets,
        sum(case when e.secret and not e.total then 1 else 0 end) as sans_totaux,
        sum(case when e.secret and e.total then 1 when not e.secret and e.pic > 0 then e.pic - 1 else 0 end) as acquis
    from seuls e
    join placement_annees p
        on p.annee_scolaire = e.annee_scolaire and p.uai = e.territoire and p.niveau = 'commune'
    where e.niveau = 'uai'
    group by p.territoire, e.debut
),
juges as (
    select s.debut, s.niveau, s.territoire, s.etat, s.pic, s.demi_journee,
        s.secret or (s.pic is not null and s.niveau = 'commune' and (
            c.secrets = 1
            or (c.secrets > 1 and s.pic > c.acquis)
            or (c.sans_totaux > 0 and s.pic = 0)
        )) as secret
    from seuls s
    left join communes c on s.niveau = 'commune' and c.territoire = s.territoire and c.debut = s.debut
)
select debut, niveau, territoire, case when not secret then pic end, case when not secret then demi_journee end,
    case when secret then 'secret' else etat end
from juges
order by niveau, territoire, debut;
