-- Contours of territories, as GeoJSON. Grain: niveau, territoire.
select niveau, territoire, geometrie, source from contours order by niveau, territoire;
