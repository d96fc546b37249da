"""What the steps of heat mean, printed beside every picture that uses them."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.heat import Scale
from stocktaking.kernel.charts.numbers import figure

_SWATCH = (
    '<span><svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" class="f{}"/>'
    '</svg><bdi dir="ltr">{}</bdi></span>'
)
_RIM = (
    '<span><svg viewBox="0 0 16 16" aria-hidden="true">'
    '<rect x="1" y="1" width="14" height="14" class="rim"/></svg>{}</span>'
)

_CORNER = (
    '<span><svg viewBox="0 0 16 16" aria-hidden="true"><path class="f1" d="M0 0h16v16H0z"/>'
    '<path class="s-ink" d="M16 6v10H6z"/></svg>{}</span>'
)
_OUTLINE = (
    '<span><svg viewBox="0 0 16 16" aria-hidden="true">'
    '<rect x="1" y="1" width="14" height="14" class="low"/></svg>{}</span>'
)
_SWATCH_SAID = (
    '<span><svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" class="f{}"/>'
    "</svg>{}</span>"
)


def ranges(scale: Scale) -> list[str]:
    """``1-2``, ``3-5`` ... ``50+``; a range of one value is that value."""
    if scale.share:
        shown = [figure(t * 100, 0) for t in scale.thresholds]
        pairs = pairwise(shown)
        return [*(f"{low}–{high}%" for low, high in pairs), f"{shown[-1]}%+"]
    found = []
    for low, following in pairwise(scale.thresholds):
        high = following - 1
        found.append(figure(low) if high <= low else f"{figure(low)}–{figure(high)}")
    return [*found, f"{figure(scale.thresholds[-1])}+"]


def key(title: str, scale: Scale, *, gap: str = "", linked: str = "") -> SafeString:
    """The legend of a heat picture; ``gap`` and ``linked`` explain red and cornered squares."""
    return format_html(
        '<p class="key"><span>{}</span>{}{}{}</p>',
        title,
        format_html_join("", _SWATCH, enumerate(ranges(scale), start=1)),
        format_html(_RIM, gap) if gap else "",
        format_html(_CORNER, linked) if linked else "",
    )


def key_in_words(
    title: str, steps: Sequence[tuple[int, str]], *, low: str = "", linked: str = ""
) -> SafeString:
    """The legend of a picture that compares: some steps of heat, each with what it means, and
    the outline of what is ``low``."""
    return format_html(
        '<p class="key"><span>{}</span>{}{}{}</p>',
        title,
        format_html_join("", _SWATCH_SAID, steps),
        format_html(_OUTLINE, low) if low else "",
        format_html(_CORNER, linked) if linked else "",
    )
