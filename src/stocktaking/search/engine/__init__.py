"""The index itself: its fields, its folder, one writer, many readers. It knows no database."""
