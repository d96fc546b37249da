"""Pictures and documents set by Typst, in a process of its own with limits."""

from stocktaking.kernel.typesetting.drawing import CannotDraw, Drawn, Sheet, draw

__all__ = ["CannotDraw", "Drawn", "Sheet", "draw"]
