"""Lists in forms that are no pages."""
