-- Durations of the visits, with what their medians are cut by. Grain: one visit. Needs visites.
select ecole, profil, cast(isodow(debut_local) as integer) as jour, duree_s from visites;
