-- Nodes that have schools in some period, in the order of their `noeud` in totaux.sql, perimetres.sql and pics.sql. Read once, when a
-- publication is opened. Grain: niveau, territoire.
select niveau, territoire from perimetre group by niveau, territoire order by niveau, territoire;
