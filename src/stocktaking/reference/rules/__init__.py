"""Plain computations on terms."""
