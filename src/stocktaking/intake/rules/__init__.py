"""How records of others become values of entries."""
