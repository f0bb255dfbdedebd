"""One module a page: each puts blocks in order.

They must not read figures themselves, nor hold a label of the marking plan.
"""
