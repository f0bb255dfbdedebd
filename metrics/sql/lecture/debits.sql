-- Suggested accesses of schools and communes by school year, and the pupils that they start from. Read once, when a publication is
-- opened. Grain: debut, niveau, territoire.
select debut, niveau, territoire, etat, eleves, base, constate_le, eleves_prevus, pic_max, personnes_retenues, debit_suggere_mbit_s
from acces
order by debut, niveau, territoire;
