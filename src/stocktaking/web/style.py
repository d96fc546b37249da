"""Style sheets of a page: the package's, the operator's, and one made from the framework."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from stocktaking.kernel.assets import asset, stamp
from stocktaking.reference.queries import Catalogue, catalogue

OPERATOR_TOKENS = "theme.css"  # in the data folder; sets the custom properties of tokens.css


@dataclass(frozen=True)
class Sheet:
    """A made style sheet and the short name of its content."""

    text: str
    stamp: str


def stylesheets() -> list[str]:
    """Addresses in the order they apply; each may be kept for ever."""
    found = [asset("kernel/tokens.css")]
    if own := operator_sheet():
        found.append(reverse("theme_css", args=[own.stamp]))
    found.append(asset("kernel/site.css"))
    found.append(reverse("terms_css", args=[terms_sheet().stamp]))
    return found


_terms: tuple[Catalogue, Sheet] | None = None


def terms_sheet() -> Sheet:
    """The sheet of the present framework, made once per revision."""
    global _terms
    current = catalogue()
    if _terms is None or _terms[0] is not current:
        text = terms_css(current)
        _terms = (current, Sheet(text, f"{current.revision}-{stamp(text.encode())}"))
    return _terms[1]


def terms_css(framework: Catalogue) -> str:
    """Colours of terms, and the crosshair of a plate with as many columns as the grid has."""
    colours = [
        f".{term.css}{{--g:{term.colour};--gt:{term.text_colour}}}"
        for term in framework.terms.values()
        if term.colour
    ]
    grid = framework.grid()
    columns = len(grid.columns.assignable) if grid else 0
    crosshair = ",".join(
        f".plate-box:has(td:nth-of-type({n}) a:is(:hover,:focus-visible)) thead th:nth-of-type({n})"
        for n in range(1, columns + 1)
    )
    rules = "\n".join([*colours, f"{crosshair}{{--on:1}}" if crosshair else ""])
    return f"@layer parts{{\n{rules}\n}}\n"


def operator_sheet() -> Sheet | None:
    """What the operator put into the data folder, read again when the file changes."""
    path = Path(settings.DATA_DIR) / OPERATOR_TOKENS
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return Sheet(content.decode(errors="replace"), stamp(content))
