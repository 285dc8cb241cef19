"""The room of subsectors: the fields of a cluster as a text names them (新能源产业主要包括核能、智能电网等领域)."""
