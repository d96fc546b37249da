"""Suggestions, claims, messages and the yearly question, for staff."""
