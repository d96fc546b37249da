"""A person's own pages: signing in, name and addresses, second factor, data."""
