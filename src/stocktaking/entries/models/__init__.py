"""The register: entries, their texts and terms, their versions, their collections."""

from stocktaking.entries.models.collection import (
    Collection,
    CollectionInvitation,
    CollectionMember,
)
from stocktaking.entries.models.entry import Entry, Source
from stocktaking.entries.models.merging import Merging
from stocktaking.entries.models.parts import (
    EntryImage,
    EntryLink,
    EntryPartner,
    EntrySection,
    EntryTerm,
    EntryText,
    ExternalIdentifier,
)
from stocktaking.entries.models.version import EntryVersion, ImportedStatement

__all__ = [
    "Collection",
    "CollectionInvitation",
    "CollectionMember",
    "Entry",
    "EntryImage",
    "EntryLink",
    "EntryPartner",
    "EntrySection",
    "EntryTerm",
    "EntryText",
    "EntryVersion",
    "ExternalIdentifier",
    "ImportedStatement",
    "Merging",
    "Source",
]
