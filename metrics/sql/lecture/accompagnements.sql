-- What was done for schools. Grain: uai, date, nature.
select uai, date, nature from accompagnements order by uai, date, nature;
