-- #fail Un taux n’a pas pour numérateur les utilisateurs publiés, ou a un chiffre là où il ne devrait pas y en avoir.
-- Grain: one faulty (periode, debut, niveau, territoire, profil, base).
with totaux as (
    select 'semaine' as periode, debut, niveau, territoire, profil, utilisateurs, etat
    from frequentation_semaine
    where coupe = 'total'
    union all
    select 'mois', debut, niveau, territoire, profil, utilisateurs, etat from frequentation_mois where coupe = 'total'
    union all
    select 'annee', debut, niveau, territoire, profil, utilisateurs, etat from frequentation_annee where coupe = 'total'
)
select t.periode, t.debut, t.niveau, t.territoire, t.profil, t.base
from taux t
left join totaux f
    on f.periode = t.periode and f.debut = t.debut and f.niveau = t.niveau and f.territoire = t.territoire
    and f.profil = t.profil
where case
        when t.etat in ('valeur', 'presume')
            then f.etat is null or f.etat <> t.etat or coalesce(t.numerateur, -1) <> coalesce(f.utilisateurs, -2)
                or coalesce(t.denominateur, 0) <= 0
        else t.numerateur is not null or t.denominateur is not null
    end
