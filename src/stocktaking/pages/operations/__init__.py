"""What can be done to the texts of the site."""

from stocktaking.pages.operations.loading import PagesSummary, load_pages
from stocktaking.pages.operations.revising import revert_page, revise_page, set_redirect

__all__ = ["PagesSummary", "load_pages", "revert_page", "revise_page", "set_redirect"]
