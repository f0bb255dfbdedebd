-- Days on which effectifs were counted. Grain: annee_scolaire, constate_le. Needs effectifs_charges.
select distinct annee_scolaire, constate_le from effectifs_charges;
