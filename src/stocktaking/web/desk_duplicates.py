"""What waits for who merges entries: pairs that look like one project."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.queries.duplicates import waiting_pairs
from stocktaking.web.desk import Viewer, Waiting, provider


@provider("duplicates")
def pairs_to_decide(viewer: Viewer) -> Iterator[Waiting]:
    """One SQL query."""
    if not viewer.may(Capability.MERGE_ENTRIES):
        return
    if count := waiting_pairs():
        yield Waiting(
            title=_("Entries that may be there twice"),
            url=reverse("staff_duplicates"),
            kind=_("Merge them, or set them apart"),
            count=count,
        )
