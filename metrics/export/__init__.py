"""What leaves for others: the national weekly files, their comparison with published ones, the convention's list.

It must not count, nor know where its figures come from: a connection that holds the tables is enough.
"""
