"""What all exports read of entries, a chunk at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, TextField
from django.db.models.functions import Cast

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import EntryPartner, EntryVersion
from stocktaking.kernel.lookups import Among

CHUNK = 1000


def own_register() -> str:
    """What exports call this register: the host of its address, with a port that is not usual."""
    return urlsplit(settings.BASE_URL).netloc.rpartition("@")[2].lower()


def chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    stream = iter(numbers)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def snapshots(wanted: dict[int, int]) -> dict[int, tuple[int | None, str]]:
    """Owner and JSON text of these versions of these entries; by number of the entry."""
    versions = EntryVersion.objects.order_by()
    held = versions.filter(Among(F("entry_id"), list(wanted))).values_list(
        "id", "entry_id", "number"
    )
    ids = [version_id for version_id, entry, version in held if wanted[entry] == version]
    rows = versions.filter(Among(F("id"), ids)).values_list(
        "entry_id", "snapshot__organisation", Cast("snapshot", TextField())
    )
    return {number: (owner, text) for number, owner, text in rows}


def of_partners(numbers: Iterable[int]) -> dict[int, list[int]]:
    """The organisations that the partners of these entries are, by number of the entry."""
    rows = EntryPartner.objects.filter(Among(F("entry_id"), list(numbers)))
    held = rows.exclude(organisation=None).order_by("order", "id")
    found: dict[int, list[int]] = {}
    for entry, organisation in held.values_list("entry_id", "organisation_id"):
        known = found.setdefault(entry, [])
        if organisation not in known:
            known.append(organisation)
    return found


def organisations(wanted: set[int | None]) -> dict[int | None, dict[str, Any]]:
    """What a document says of each organisation."""
    rows = Organisation.objects.filter(Among(F("number"), wanted - {None})).values_list(
        "number", "name", "type__code", "country__code", "unknown"
    )
    return {
        number: {
            "number": number,
            "name": name,
            "type": type_code,
            "country": country,
            "stated": not unknown,
        }
        for number, name, type_code, country, unknown in rows
    }
