"""Seeded drawing in a table of weights, one row of weights for each key, for millions of draws at once.
Must not know what is drawn."""

import numpy as np
from numpy.typing import NDArray

Entiers = NDArray[np.int64]
Reels = NDArray[np.float64]
Booleens = NDArray[np.bool_]


def seeded(graine: int, *etape: int) -> np.random.Generator:
    """An independent generator for each stage: a change in one stage leaves the others' draws alone."""
    return np.random.default_rng([graine, *etape])


def draw(rng: np.random.Generator, poids: Reels, cles: Entiers) -> Entiers:
    """One column index for each key, drawn with the weights of the key's row.

    All rows are laid end to end as one cumulative line (row k covers [k, k+1]), for one binary search.
    """
    lignes, colonnes = poids.shape
    cumul = np.cumsum(poids, axis=1) / poids.sum(axis=1, keepdims=True)
    ligne = (cumul + np.arange(lignes)[:, None]).ravel()
    trouve = np.searchsorted(ligne, cles + rng.random(len(cles)), side="right") - cles * colonnes
    indices: Entiers = np.clip(trouve, 0, colonnes - 1).astype(np.int64)
    return indices
