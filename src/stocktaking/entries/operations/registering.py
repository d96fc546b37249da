"""Sources: where entries came from."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Entry, Source
from stocktaking.entries.operations.locking import note
from stocktaking.history.operations import record


def register_source(
    *,
    slug: str,
    title: dict[str, str],
    notice: dict[str, str] | None = None,
    licence: str = "",
    attribution: str = "",
    by: Person | None,
    at: dt.datetime,
) -> Source:
    """The source of this name, made or brought up to date. Texts are by language."""
    if by is not None:
        require(by, Capability.EDIT_ENTRIES)
    stated = {
        "title": title,
        "notice": notice or {},
        "licence": licence,
        "attribution": attribution,
    }
    with transaction.atomic():
        source, created = Source.objects.get_or_create(slug=slug, defaults=stated)
        changed = [name for name, value in stated.items() if getattr(source, name) != value]
        if not created and not changed:
            return source
        for name in changed:
            setattr(source, name, stated[name])
        source.save()
        record(
            verb="created" if created else "revised",
            of=source,
            by=by,
            at=at,
            detail={"changed": changed} if changed else None,
        )
        # pages are kept by the index's data version; a new notice must reach them
        note(Entry.objects.filter(source=source).values_list("number", flat=True), at)
    return source
