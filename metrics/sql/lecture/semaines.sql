-- Published weeks. Grain: debut.
select distinct debut from perimetre where periode = 'semaine' order by debut;
