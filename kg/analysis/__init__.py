"""Graph analysis: projections of the graph, measures on them, how far to trust a rank, and what if.

``ties`` are the facts behind a projection, ``networks`` what they add up to, ``measures`` the measures by name. Only
modules that need networkx import it: a build scores the graph without (``scores``).
"""
