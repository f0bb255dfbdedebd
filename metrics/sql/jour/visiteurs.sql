-- Keep the events of visitors seen since midnight: visits of the others began and ended before. Grain: one event.
-- Parameter: $minuit (instant). Needs evenements.
delete from evenements
where visiteur not in (select visiteur from evenements where instant_ms >= epoch_ms($minuit));
