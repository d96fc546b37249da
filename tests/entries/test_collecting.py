"""Collections and sources."""

import pytest
from tests.factories.accounts import person
from tests.factories.entries import AT, entry

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations
from stocktaking.entries.models import Collection, CollectionMember, Source
from stocktaking.entries.queries import collection, collections, entry_page, values_of
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from stocktaking.search.models import Change

pytestmark = pytest.mark.usefixtures("_framework")


def make(slug="health", title=None, **more):
    title = {"en": "Health", "fr": "Santé"} if title is None else title
    return operations.create_collection(slug=slug, title=title, by=None, at=AT, **more)


def test_create_collection_is_shown_in_the_readers_language():
    make(introduction={"en": "Masks and more.", "fr": " "})
    made = entry(collections=("health",))
    entry(collections=("health",), publish=False)
    [view] = collections("fr")
    assert (view.title, view.introduction, view.entries) == ("Santé", "Masks and more.", 1)
    assert collection("none", "en") is None
    assert entry_page(made.number, "ar").collections == (("health", "Health"),)


@pytest.mark.parametrize(
    ("slug", "title", "code"),
    [
        ("Health", {"en": "x"}, "slug_malformed"),
        ("a--b", {"en": "x"}, "slug_malformed"),
        ("x" * 61, {"en": "x"}, "slug_malformed"),
        ("health", {"en": " "}, "collection_title_missing"),
        ("taken", {"en": "x"}, "collection_exists"),
    ],
)
def test_create_collection_refuses(slug, title, code):
    make("taken")
    with pytest.raises(RuleBroken) as caught:
        make(slug, title)
    assert caught.value.code == code


def test_revise_collection_counts_its_changes_and_tells_the_index():
    make()
    made = entry(collections=("health",))
    Change.objects.all().delete()
    stated = {"slug": "health", "title": {"en": "Good health"}, "by": None, "at": AT}
    revised = operations.revise_collection(**stated, based_on=1)
    assert revised.lock == 2
    assert Change.objects.get().key == str(made.number)
    with pytest.raises(StaleVersion):
        operations.revise_collection(**stated, based_on=1)
    unchanged = operations.revise_collection(**stated, based_on=2)
    assert unchanged.lock == 2
    assert HistoryRecord.objects.filter(verb="revised").count() == 1


def test_collections_need_the_capability():
    with pytest.raises(NotAllowed):
        operations.create_collection(
            slug="health", title={"en": "x"}, by=person(Role.MODERATOR), at=AT
        )
    operations.create_collection(slug="a", title={"en": "x"}, by=person(Role.ORGANISER), at=AT)
    assert Collection.objects.count() == 1


def test_membership_keeps_its_first_day():
    make("a", {"en": "A"})
    make("b", {"en": "B"})
    made = entry(collections=("a",))
    values = values_of(made.number).__class__(
        **{**values_of(made.number).__dict__, "collections": ("a", "b")}
    )
    later = AT.replace(year=2027)
    operations.revise_entry(number=made.number, values=values, based_on=1, by=None, at=later)
    days = dict(CollectionMember.objects.values_list("collection__slug", "added_at"))
    assert days == {"a": AT, "b": later}


def test_register_source_is_made_once_and_brought_up_to_date():
    stated = {"slug": "partner", "title": {"en": "A partner"}, "by": None, "at": AT}
    operations.register_source(**stated, notice={"en": "Old"}, licence="CC0-1.0")
    made = entry(source="partner")
    Change.objects.all().delete()
    operations.register_source(**stated, notice={"en": "Old"}, licence="CC0-1.0")
    assert not Change.objects.exists()
    operations.register_source(**stated, notice={"en": "New"}, licence="CC0-1.0")
    assert Source.objects.get().notice == {"en": "New"}
    assert Change.objects.get().key == str(made.number)
    page = entry_page(made.number, "fr")
    assert (page.source.notice, page.source.licence) == ("New", "CC0-1.0")
