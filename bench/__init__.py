"""Speeds of the register, as ratios to a reference measured in the same run: ``make bench``."""
