-- Minute of the last event of the day, in UTC; NULL when none came. Grain: one row. Needs evenements.
select timezone('UTC', date_trunc('minute', to_timestamp(max(instant_ms) / 1000.0))) as arrete_a
from evenements;
