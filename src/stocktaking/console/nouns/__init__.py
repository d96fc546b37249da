"""One module per noun of the command line; each has a click group called ``group``."""
