"""Questions about entries."""
