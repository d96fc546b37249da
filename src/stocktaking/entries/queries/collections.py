"""Collections with their texts in the reader's language."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Collection
from stocktaking.entries.states import CollectionState, EntryState
from stocktaking.reference.queries.catalogue import pick


@dataclass(frozen=True)
class CollectionView:
    """``titles`` and the like by language; ``entries`` counts published members; ``call`` is the
    slug of the call for it, or empty."""

    slug: str
    title: str
    introduction: str
    criteria: str
    titles: dict[str, str]
    introductions: dict[str, str]
    criteria_in: dict[str, str]
    state: CollectionState
    call: str
    order: int
    lock: int
    entries: int

    @property
    def open(self) -> bool:
        return self.state is CollectionState.OPEN


def collections(language: str) -> list[CollectionView]:
    """All collections in their order."""
    return [_view(row, language) for row in _counted()]


def collection(slug: str, language: str) -> CollectionView | None:
    row = _counted().filter(slug=slug).first()
    return _view(row, language) if row else None


def collections_mark() -> tuple[int, int]:
    """What moves with every change to the words of a collection."""
    found = Collection.objects.aggregate(made=Count("pk"), revised=Sum("lock"))
    return found["made"], found["revised"] or 0


def curated_by(person: Person, language: str) -> list[CollectionView]:
    """The collections that somebody looks after."""
    return [_view(row, language) for row in _counted().filter(curators=person)]


def curators(slug: str) -> list[Person]:
    """Who looks after a collection, by address."""
    return list(Person.objects.filter(curated__slug=slug).order_by("email"))


def _counted() -> QuerySet[Collection]:
    public = Q(members__entry__state=EntryState.PUBLISHED)
    return Collection.objects.annotate(entries=Count("members", filter=public))


def _view(row: Collection, language: str) -> CollectionView:
    return CollectionView(
        slug=row.slug,
        title=pick(row.title, language),
        introduction=pick(row.introduction, language),
        criteria=pick(row.criteria, language),
        titles=row.title,
        introductions=row.introduction,
        criteria_in=row.criteria,
        state=CollectionState(row.state),
        call=row.call,
        order=row.order,
        lock=row.lock,
        entries=row.entries,  # type: ignore[attr-defined]
    )
