"""A public register of projects, and what an organiser does around it."""

__version__ = "0.1.0"
