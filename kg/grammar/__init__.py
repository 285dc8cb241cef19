"""Small readings that rooms share: heading numbers, numerals, quantities, periods, names of bodies, enumerations."""
