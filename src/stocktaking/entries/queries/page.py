"""Everything on an entry's own page."""

from stocktaking.entries.models import (
    CollectionMember,
    Entry,
    EntryImage,
    EntryLink,
    EntryPartner,
    EntrySection,
    EntryText,
    ExternalIdentifier,
    Source,
)
from stocktaking.entries.queries.cards import cards_of
from stocktaking.entries.queries.choosing import Written, choose, organisation_ref, said
from stocktaking.entries.queries.views import (
    EntryPage,
    ImageRef,
    LinkRef,
    PartnerRef,
    Said,
    SectionSaid,
    SourceRef,
)
from stocktaking.entries.queries.withdrawals import reason_told
from stocktaking.entries.states import LinkKind, Origin, PartnerRole
from stocktaking.files.queries import renditions
from stocktaking.reference.queries import Catalogue, TermView, catalogue
from stocktaking.reference.queries.catalogue import pick


def entry_page(number: int, language: str) -> EntryPage | None:
    """The page of an entry in whatever state; whether it may be shown is the door's affair."""
    entry = Entry.objects.filter(number=number).select_related("organisation", "source").first()
    if entry is None:
        return None
    framework = catalogue()
    return EntryPage(
        card=cards_of([entry], language)[0],
        sections=_sections(entry, framework, language),
        partners=_partners(entry, framework, language),
        links=_links(entry),
        images=_images(entry),
        identifiers=tuple(
            ExternalIdentifier.objects.filter(entry=entry)
            .order_by("id")
            .values_list("system", "value", "url")
        ),
        collections=_collections(entry, language),
        source=_source(entry.source, language),
        website=entry.website,
        licence=entry.licence,
        attribution=entry.attribution,
        confirmed_on=entry.confirmed_on,
        published_at=entry.published_at,
        version=entry.version,
        withdrawn_at=entry.withdrawn_at,
        withdrawal_reason=reason_told(entry.withdrawal_reason),
        merged_into=entry.merged_into_id,
        title_in=_titles(entry),
    )


def _sections(entry: Entry, framework: Catalogue, language: str) -> tuple[SectionSaid, ...]:
    texts: dict[str, dict[str, Written]] = {}
    rows = EntrySection.objects.filter(entry=entry).values_list(
        "code", "language", "text", "origin"
    )
    for code, tongue, text, origin in rows:
        texts.setdefault(code, {})[tongue] = (text, origin)
    chosen = [
        SectionSaid(code, _heading(code, framework), choose(by, language, entry.original_language))
        for code, by in texts.items()
    ]
    return tuple(sorted(chosen, key=lambda section: section.heading.order))


def _heading(code: str, framework: Catalogue) -> TermView:
    """The section's term; one that the framework has lost since is headed by its code."""
    return framework.term("section", code) or TermView(
        id=0,
        scheme="section",
        code=code,
        order=10_000,
        assignable=False,
        parent=None,
        title={"en": code},
        short={},
        title_status={},
        colour="",
        facts={},
        position=-1,
    )


def _partners(entry: Entry, framework: Catalogue, language: str) -> tuple[PartnerRef, ...]:
    rows = EntryPartner.objects.filter(entry=entry).select_related("organisation")
    return tuple(
        PartnerRef(
            name=row.name,
            role=PartnerRole(row.role),
            organisation=organisation_ref(row.organisation, framework, language),
        )
        for row in rows
    )


def _links(entry: Entry) -> tuple[LinkRef, ...]:
    rows = EntryLink.objects.filter(entry=entry).values_list("kind", "url", "label")
    return tuple(LinkRef(LinkKind(kind), url, label) for kind, url, label in rows)


def _images(entry: Entry) -> tuple[ImageRef, ...]:
    rows = list(EntryImage.objects.filter(entry=entry))
    drawn = renditions([row.file_id for row in rows])
    return tuple(
        ImageRef(
            alt=said(row.alt, row.language, Origin.AUTHOR, entry.original_language),
            credit=row.credit,
            renditions=tuple((one.width, one.height, one.url) for one in drawn[row.file_id]),
        )
        for row in rows
        if drawn.get(row.file_id)
    )


def _collections(entry: Entry, language: str) -> tuple[tuple[str, str], ...]:
    rows = CollectionMember.objects.filter(entry=entry).order_by(
        "collection__order", "collection__slug"
    )
    return tuple(
        (slug, pick(title, language))
        for slug, title in rows.values_list("collection__slug", "collection__title")
    )


def _source(source: Source | None, language: str) -> SourceRef | None:
    if source is None:
        return None
    return SourceRef(
        slug=source.slug,
        title=pick(source.title, language),
        notice=pick(source.notice, language),
        licence=source.licence,
        attribution=source.attribution,
    )


def _titles(entry: Entry) -> dict[str, Said]:
    rows = EntryText.objects.filter(entry=entry).order_by("id")
    return {
        language: said(title, language, origin, entry.original_language)
        for language, title, origin in rows.values_list("language", "title", "origin")
    }
