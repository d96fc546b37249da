"""The mails that tell people of what they follow."""

from stocktaking.follow.notifications.digest import (
    Telling,
    composed,
    tell,
    told_anything,
    try_out,
)
from stocktaking.follow.notifications.kinds import KINDS

__all__ = ["KINDS", "Telling", "composed", "tell", "told_anything", "try_out"]
