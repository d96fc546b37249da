"""Calls, their letters and what comes back, for organisers."""
