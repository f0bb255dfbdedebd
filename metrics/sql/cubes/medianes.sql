-- Lower medians of the visits' durations, of the week and of its days, with names. Grain: periode, debut, niveau, territoire,
-- profil. Needs medianes_noeuds, portions, noeuds, appartenance.
select t.periode, t.debut, n.niveau, n.territoire, g.groupe as profil, d.duree_mediane_s
from medianes_noeuds d
join portions t on t.portion = d.portion
join noeuds n on n.noeud = d.noeud
join (select distinct groupe, rang_groupe from appartenance) g on g.rang_groupe = d.rang_groupe
order by d.portion, d.noeud, d.rang_groupe;
