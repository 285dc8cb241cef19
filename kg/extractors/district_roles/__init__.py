"""The room of district roles: which part a district plays in a cluster (南山区定位为总部引领区)."""
