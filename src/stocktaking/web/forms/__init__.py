"""Forms: the shape of what people type. Rules are judged by the operations."""
