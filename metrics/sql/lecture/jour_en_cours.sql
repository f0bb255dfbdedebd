-- The running day of every territory that has it. Grain: niveau, territoire.
select niveau, territoire, jour, arrete_a, visites, utilisateurs from jour_en_cours;
