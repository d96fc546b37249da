"""A picture as a file: one SVG that stands alone, with its words and its colours."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import number

# light values of the heat tokens and the ink that is readable on each
HEAT = ("#f4f6f8", "#d9e8f5", "#b2d3e9", "#7ebadb", "#539fce", "#105ba4", "#08326e")
HEAT_INK = ("#4b5966", "#14202b", "#14202b", "#14202b", "#0c151d", "#ffffff", "#ffffff")
INK, MUTED, RED, PAPER, EDGE = "#14202b", "#4b5966", "#b3261e", "#ffffff", "#6b7884"
FONTS = "Noto Sans, Noto Sans Arabic, Noto Sans CJK SC, Segoe UI, sans-serif"


def standalone(
    content: SafeString,
    *,
    wide: float,
    high: float,
    title: str,
    told: str,
    size: int = 13,
    rtl: bool = False,
) -> SafeString:
    """``content`` on paper of so many pixels; ``title`` and ``told`` are what is read aloud.
    ``size`` is that of letters that state none."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'font-family="{fonts}" font-size="{size}" fill="{ink}" direction="{direction}" role="img">'
        '<title>{title}</title><desc>{told}</desc><rect width="{w}" height="{h}" fill="{paper}"/>'
        "{content}</svg>",
        w=number(wide),
        h=number(high),
        fonts=FONTS,
        size=str(size),
        ink=INK,
        direction="rtl" if rtl else "ltr",
        title=title,
        told=told,
        paper=PAPER,
        content=content,
    )


def heading(title: str, x: str, y: int) -> SafeString:
    """The title, as it stands over a picture."""
    return format_html(
        '<text x="{}" y="{}" font-size="20" font-weight="600">{}</text>', x, str(y), title
    )
