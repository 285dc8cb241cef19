"""Names of public bodies as lists print them: shared prefixes, groups, districts in brackets."""
