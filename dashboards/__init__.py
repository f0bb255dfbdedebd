"""Boards: what a reader sees of a publication, as pages whose whole state is their address.

No SQL, no arithmetic and no file reading in this package: every figure comes ready in a `metrics.tableau.Tableau`.
"""
