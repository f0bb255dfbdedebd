"""What a board says in words, a module a block, named as in `tables` and `blocs`; `constat` is the headline, `noms` how things are called.

They must not compute: every number they name is in what they are given, a row is chosen or counted at most.
"""
