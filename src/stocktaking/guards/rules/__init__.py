"""What counts as too often, as one network, as work that was done. Plain Python."""
