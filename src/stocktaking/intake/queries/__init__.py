"""Questions about what comes in."""
