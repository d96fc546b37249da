"""Contrast of colours after WCAG 2.2."""

DARK_INK = "#14202b"
LIGHT_INK = "#ffffff"


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, from 0 (black) to 1 (white)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_colour(background: str) -> str:
    """White where it reaches 4.5:1 on this background, else the better of the two inks."""
    if contrast(LIGHT_INK, background) >= 4.5:
        return LIGHT_INK
    return max((LIGHT_INK, DARK_INK), key=lambda ink: contrast(ink, background))
