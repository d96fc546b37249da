"""What follows from counts over time."""
