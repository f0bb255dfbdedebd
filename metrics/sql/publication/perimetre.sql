-- Schools behind each figure. Grain: periode, debut, niveau, territoire.
insert into perimetre
select 'semaine', debut, niveau, territoire, inscrites, ouvertes, mesurees, actives, jours_attendus, jours_recus
from etats_noeuds
order by niveau, territoire, debut;
