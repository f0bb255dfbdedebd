-- Counts of accounts or pupils, as loaded. Grain: annee_scolaire, uai, profil, base, constate_le.
insert into effectifs
select annee_scolaire, uai, profil, effectif, dont_preelementaire, base, constate_le
from effectifs_charges
order by annee_scolaire, uai, profil, base, constate_le;
