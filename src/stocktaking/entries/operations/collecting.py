"""Collections. Which entries belong to one is said by the entries' own values."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Collection, CollectionMember
from stocktaking.entries.operations.locking import note
from stocktaking.entries.operations.refusals import MESSAGES, refused
from stocktaking.entries.states import CollectionState
from stocktaking.history.operations import record
from stocktaking.kernel.errors import StaleVersion

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def create_collection(
    *,
    slug: str,
    title: dict[str, str],
    introduction: dict[str, str] | None = None,
    criteria: dict[str, str] | None = None,
    call: str = "",
    order: int = 0,
    by: Person | None,
    at: dt.datetime,
) -> Collection:
    """A new, empty collection; its slug is the value of the facet and stays."""
    if by is not None:
        require(by, Capability.EDIT_COLLECTIONS)
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise refused("slug_malformed", "slug")
    texts = _titled(title)
    with transaction.atomic():
        collection, created = Collection.objects.get_or_create(
            slug=slug,
            defaults={
                "title": texts,
                "introduction": _stated(introduction),
                "criteria": _stated(criteria),
                "call": _checked_call(call),
                "order": order,
            },
        )
        if not created:
            raise refused("collection_exists", "slug")
        record(verb="created", of=collection, by=by, at=at)
    return collection


def revise_collection(
    *,
    slug: str,
    title: dict[str, str],
    introduction: dict[str, str] | None = None,
    criteria: dict[str, str] | None = None,
    call: str | None = None,
    state: CollectionState | None = None,
    order: int = 0,
    based_on: int,
    by: Person | None,
    at: dt.datetime,
) -> Collection:
    """New texts for a collection; StaleVersion unless ``based_on`` is its ``lock``.

    ``criteria``, ``call`` and ``state`` stay as they are where nothing is said of them.
    """
    if by is not None:
        require(by, Capability.EDIT_COLLECTIONS)
    stated: dict[str, Any] = {
        "title": _titled(title),
        "introduction": _stated(introduction),
        "order": order,
    }
    if criteria is not None:
        stated["criteria"] = _stated(criteria)
    if call is not None:
        stated["call"] = _checked_call(call)
    if state is not None:
        stated["state"] = state.value
    with transaction.atomic():
        collection = Collection.objects.select_for_update().filter(slug=slug).first()
        if collection is None:
            raise refused("collection_unknown", "slug", slug=slug)
        if collection.lock != based_on:
            raise StaleVersion("stale_version", MESSAGES["stale_version"])
        changed = [name for name, value in stated.items() if getattr(collection, name) != value]
        if not changed:
            return collection
        for name in changed:
            setattr(collection, name, stated[name])
        collection.lock += 1
        collection.save()
        record(verb="revised", of=collection, by=by, at=at, detail={"changed": changed})
        members = CollectionMember.objects.filter(collection=collection)
        note(members.values_list("entry_id", flat=True), at)
    return collection


def appoint_curators(
    *, slug: str, people: Iterable[Person], by: Person | None, at: dt.datetime
) -> Collection:
    """These people, and nobody else, look after a collection besides its organisers."""
    if by is not None:
        require(by, Capability.EDIT_COLLECTIONS)
    with transaction.atomic():
        collection = Collection.objects.select_for_update().filter(slug=slug).first()
        if collection is None:
            raise refused("collection_unknown", "slug", slug=slug)
        wanted = {person.pk for person in people}
        before = set(collection.curators.values_list("pk", flat=True))
        if wanted != before:
            collection.curators.set(wanted)
            collection.lock += 1  # a form that was opened before must not undo it
            collection.save(update_fields=["lock"])
            detail = {"added": sorted(wanted - before), "removed": sorted(before - wanted)}
            record(verb="curators_changed", of=collection, by=by, at=at, detail=detail)
    return collection


def _checked_call(slug: str) -> str:
    slug = slug.strip()
    if slug and (not _SLUG.fullmatch(slug) or len(slug) > 60):
        raise refused("call_malformed", "call")
    return slug


def _stated(texts: dict[str, str] | None) -> dict[str, str]:
    return {language: text.strip() for language, text in (texts or {}).items() if text.strip()}


def _titled(title: dict[str, str]) -> dict[str, str]:
    texts = _stated(title)
    if not texts:
        raise refused("collection_title_missing", "title")
    return texts
