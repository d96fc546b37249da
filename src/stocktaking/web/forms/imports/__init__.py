"""Forms of the import wizard: a file, its profile as a table, values that are no terms, a run."""
