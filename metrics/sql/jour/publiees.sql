-- The running day as published: what came, and what is hidden, whether anybody came or not. Grain: niveau, territoire.
-- Parameters: $jour, $arrete_a. Needs cases_du_jour, masquees_du_jour.
insert into jour_en_cours
select $jour, $arrete_a, c.niveau, c.territoire, case when m.cellule is null then c.visites end,
    case when m.cellule is null then c.utilisateurs end, case when m.cellule is null then 'valeur' else 'secret' end
from cases_du_jour c
left join masquees_du_jour m on m.cellule = c.cellule
where c.visites > 0 or m.cellule is not null
order by c.niveau, c.territoire;
