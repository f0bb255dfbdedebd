"""Who may read the boards, and what protects them: default deny, a session at each request, headers, traces.

It must not know what a page shows: it gives routes a reader restricted to the person's scope.
"""
