"""What counts in calls: pure functions on plain values."""
