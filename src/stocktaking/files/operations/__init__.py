"""Storing what people send."""

from stocktaking.files.operations.documents import store_file
from stocktaking.files.operations.forgetting import forget_person, hand_over
from stocktaking.files.operations.pending import draw_pending
from stocktaking.files.operations.storing import store_image
from stocktaking.files.operations.uploads import (
    begin_upload,
    expire_uploads,
    finish_upload,
    receive_piece,
)

__all__ = [
    "begin_upload",
    "draw_pending",
    "expire_uploads",
    "finish_upload",
    "forget_person",
    "hand_over",
    "receive_piece",
    "store_file",
    "store_image",
]
