"""Storing what people send."""

from stocktaking.files.operations.storing import store_image

__all__ = ["store_image"]
