"""Questions to the texts of the site."""

from stocktaking.pages.queries.reading import (
    PageRow,
    PageSource,
    PageView,
    html_of,
    page,
    page_rows,
    page_source,
)
from stocktaking.pages.queries.redirects import redirect_for

__all__ = [
    "PageRow",
    "PageSource",
    "PageView",
    "html_of",
    "page",
    "page_rows",
    "page_source",
    "redirect_for",
]
