-- Dated events that break a series. Grain: debut, titre, territoire.
select debut, fin, niveau, territoire, nature, titre, explication from ruptures order by debut, titre, territoire;
