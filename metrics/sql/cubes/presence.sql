-- Days on which a school's events came, and from which platform. Grain: jour, uai, plateforme. Parameters: $fichiers, $fin.
select cast(timezone('Europe/Paris', instant) as date) as jour, uai, plateforme, count(*) as evenements
from read_parquet($fichiers)
where instant < $fin
group by 1, uai, plateforme
order by 1, uai, plateforme;
