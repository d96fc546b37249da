"""Storing what people send."""

from stocktaking.files.operations.documents import store_file
from stocktaking.files.operations.pending import draw_pending
from stocktaking.files.operations.storing import store_image

__all__ = ["draw_pending", "store_file", "store_image"]
