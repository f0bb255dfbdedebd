-- School days of each week, and the week of the school year before that it compares with. Grain: debut.
select debut, jours_ecole, debut_precedent, jours_ecole_precedents from semaines_comparables order by debut;
