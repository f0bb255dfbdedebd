-- Weekly rows of a quarter, a node's together rather than a week's. Grain: that of frequentation_semaine. Parameters: $du, $au.
select *
from frequentation_semaine
where debut between $du and $au
order by niveau, territoire, profil, coupe, modalite, debut;
