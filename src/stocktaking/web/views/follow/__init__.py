"""Following searches and entries."""
