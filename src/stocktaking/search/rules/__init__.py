"""What can be asked of the index, and what it answers: plain values."""
