"""Plain computations on texts of the site."""
