"""Room of the observations: quantified statements about the past or present, each with its period."""
