"""Replying to a call: from the first word to what was sent."""
