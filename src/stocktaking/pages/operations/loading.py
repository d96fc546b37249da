"""Bringing the shipped texts into the rows."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.history.operations import record
from stocktaking.pages.models import Page, PageText
from stocktaking.pages.rules.texts import FOLDER, ShippedText, shipped


@dataclass(frozen=True)
class PagesSummary:
    """Counts of texts; ``kept``: the operator's own, which a load leaves alone."""

    created: int
    updated: int
    unchanged: int
    kept: int

    def __str__(self) -> str:
        unchanged = self.unchanged + self.kept
        return f"created {self.created}, updated {self.updated}, unchanged {unchanged}, refused 0"


@transaction.atomic
def load_pages(*, by: Person | None, at: dt.datetime, folder: Path = FOLDER) -> PagesSummary:
    """Create and renew the shipped texts; what the operator changed stays. Idempotent."""
    if by is not None:
        require(by, Capability.EDIT_PAGES)
    rows = {row.slug: row for row in Page.objects.select_for_update()}
    texts = {
        (text.page.slug, text.language): text for text in PageText.objects.select_related("page")
    }
    counts = {"created": 0, "updated": 0, "unchanged": 0, "kept": 0}
    changed: dict[str, list[str]] = {}
    for text in shipped(folder):
        if text.slug not in rows:
            rows[text.slug] = Page.objects.create(slug=text.slug, shipped=True)
        outcome = _bring(text, rows[text.slug], texts.get((text.slug, text.language)), at)
        counts[outcome] += 1
        if outcome in ("created", "updated"):
            changed.setdefault(text.slug, []).append(text.language)
    for slug, languages in changed.items():
        row = rows[slug]
        row.lock, row.shipped = row.lock + 1, True
        row.save(update_fields=["lock", "shipped"])
        record(verb="page_loaded", of=row, by=by, at=at, detail={"languages": languages})
    return PagesSummary(**counts)


def _bring(text: ShippedText, page: Page, kept: PageText | None, at: dt.datetime) -> str:
    if kept is None:
        PageText.objects.create(
            page=page, language=text.language, title=text.title, body=text.body, changed_at=at
        )
        return "created"
    if kept.changed_by_operator:
        return "kept"
    if (kept.title, kept.body) == (text.title, text.body):
        return "unchanged"
    kept.title, kept.body, kept.changed_at = text.title, text.body, at
    kept.save(update_fields=["title", "body", "changed_at"])
    return "updated"
