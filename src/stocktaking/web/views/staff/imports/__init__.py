"""The import wizard: a file, what its columns become, a trial, the run, its report, undoing it."""
