"""What makes an entry acceptable, and what changed between two of its versions."""
