"""Questions about entries."""

from stocktaking.entries.queries.cards import cards
from stocktaking.entries.queries.collections import (
    CollectionView,
    collection,
    collections,
    collections_mark,
    curated_by,
    curators,
)
from stocktaking.entries.queries.exports import (
    export_columns,
    export_documents,
    export_rows,
    export_table,
)
from stocktaking.entries.queries.linked import linked_data
from stocktaking.entries.queries.lists import (
    Totals,
    newest,
    of_collection,
    of_organisation,
    totals,
)
from stocktaking.entries.queries.page import entry_page
from stocktaking.entries.queries.values import values_of
from stocktaking.entries.queries.versions import (
    ChangeView,
    DifferenceView,
    VersionRef,
    difference,
    versions,
)
from stocktaking.entries.queries.views import (
    EntryCard,
    EntryPage,
    ImageRef,
    LinkRef,
    OrganisationRef,
    PartnerRef,
    Said,
    SectionSaid,
    SourceRef,
    TermMark,
)
from stocktaking.entries.queries.withdrawals import reason_told

__all__ = [
    "ChangeView",
    "CollectionView",
    "DifferenceView",
    "EntryCard",
    "EntryPage",
    "ImageRef",
    "LinkRef",
    "OrganisationRef",
    "PartnerRef",
    "Said",
    "SectionSaid",
    "SourceRef",
    "TermMark",
    "Totals",
    "VersionRef",
    "cards",
    "collection",
    "collections",
    "collections_mark",
    "curated_by",
    "curators",
    "difference",
    "entry_page",
    "export_columns",
    "export_documents",
    "export_rows",
    "export_table",
    "linked_data",
    "newest",
    "of_collection",
    "of_organisation",
    "reason_told",
    "totals",
    "values_of",
    "versions",
]
