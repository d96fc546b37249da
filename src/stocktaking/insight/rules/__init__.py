"""What follows from counts."""
