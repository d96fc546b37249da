from tests.factories import entries

from stocktaking.entries.models import Collection
from stocktaking.entries.operations import create_collection, revise_collection


def test_collection_is_created_once(desk) -> None:
    form = desk("collections/new/").form(name="slug")
    form["slug"], form["title-en"], form["introduction-ar"] = "health", "Health", "الصحة"
    first, second = form.send(), form.send()
    made = Collection.objects.get()
    assert first.path == second.path == "/en/staff/collections/health/"
    assert (made.title, made.introduction) == ({"en": "Health"}, {"ar": "الصحة"})
    assert "Health" in desk("collections/").text


def test_errors_keep_what_was_typed(desk) -> None:
    form = desk("collections/new/").form(name="slug")
    form["slug"], form["introduction-en"] = "health", "Typed"
    answer = form.send()
    assert answer.status == 422
    assert "id_title-en_error" in answer.ids()
    assert answer.form(name="slug")["introduction-en"] == "Typed"
    form["slug"], form["title-en"] = "No Spaces", "Health"
    assert "id_slug_error" in form.send().ids()
    assert not Collection.objects.exists()


def test_edit_shows_members_and_revises(desk) -> None:
    create_collection(slug="health", title={"en": "Health"}, by=None, at=entries.AT)
    entry = entries.entry(collections=("health",))
    page = desk("collections/health/")
    assert "1 entry belongs to it" in page.text
    assert f"/en/staff/entries/{entry.pk}/" in page.links()
    form = page.form(name="based_on")
    form["title-fr"], form["order"] = "Santé", "3"
    form.send()
    made = Collection.objects.get()
    assert (made.title, made.order) == ({"en": "Health", "fr": "Santé"}, 3)


def test_faulty_form_does_not_hide_what_somebody_else_saved(desk) -> None:
    create_collection(slug="health", title={"en": "Health"}, by=None, at=entries.AT)
    form = desk("collections/health/").form(name="based_on")
    revise_collection(slug="health", title={"en": "Theirs"}, based_on=1, by=None, at=entries.AT)
    form["title-en"] = ""
    again = form.send().form(name="based_on")
    again["title-en"] = "Mine"
    assert again.send().status == 409
    assert Collection.objects.get().title == {"en": "Theirs"}


def test_impossible_version_is_a_stale_one(desk) -> None:
    create_collection(slug="health", title={"en": "Health"}, by=None, at=entries.AT)
    form = desk("collections/health/").form(name="based_on")
    form["based_on"] = "9" * 5000
    assert form.send().status == 409


def test_stale_form_shows_both_and_then_lets_the_person_decide(desk) -> None:
    create_collection(slug="health", title={"en": "Health"}, by=None, at=entries.AT)
    form = desk("collections/health/").form(name="based_on")
    revise_collection(slug="health", title={"en": "Theirs"}, based_on=1, by=None, at=entries.AT)
    form["title-en"] = "<b>Mine</b>"
    clash = form.send()
    assert clash.status == 409
    assert "Theirs" in clash.text
    clash.form(name="based_on").send()
    assert Collection.objects.get().title == {"en": "<b>Mine</b>"}
    assert desk("collections/health/").tree.findall(".//h1/b") == []


def test_unknown_collection_is_not_found(desk) -> None:
    assert desk("collections/nothing/").status == 404
