-- Services that fell silent. Grain: niveau, territoire, service.
select niveau, territoire, service, depuis, semaines, visites_moyennes
from services_muets
order by niveau desc, territoire, service;
