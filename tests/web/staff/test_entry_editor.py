from dataclasses import replace

from tests.factories import accounts, entries
from tests.factories.pages import visit
from tests.web.staff.everything import everything

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import revise_entry
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import (
    IdentifierValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, PartnerRole
from stocktaking.kernel import clock

PAYLOAD = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"


def test_edit_shows_all_and_saving_unchanged_changes_nothing(desk, register) -> None:
    entry = entries.entry(**everything())
    before = values_of(entry.pk)
    page = desk(f"entries/{entry.pk}/").form(name="based_on").send(act="save")
    entry.refresh_from_db()
    assert page.status == 200
    assert values_of(entry.pk) == before
    assert entry.version == 1


def test_edit_saves_every_field(desk) -> None:
    entry = entries.entry(publish=False)
    collection = everything()
    page = desk(f"entries/{entry.pk}/")
    form = page.form(name="based_on")
    form["texts-0-title"] = "Other title"
    form["texts-0-section-results"] = "Ten schools."
    form["organisation"] = collection["organisation"]
    form.tick("terms-goal", "1")
    form["note-goal-1"] = "It lifts people."
    form.untick("terms-goal", "3")
    form["terms-status"] = "completed"
    form.tick("terms-country", "FR")
    form["basis_for_new"] = "owner"
    form["worldwide"] = "on"
    form["start_year"], form["start_month"], form["start_day"] = "2021", "3", "4"
    form["end_year"] = "2022"
    form["website"] = "https://example.org/"
    form["partners-0-name"], form["partners-0-role"] = "Fund", "funder"
    form["links-0-url"], form["links-0-label"] = "https://example.org/l", "Seen"
    form["identifiers-0-system"], form["identifiers-0-value_"] = "IATI", "XM-2"
    form["collections"] = ["health"]
    form["reason"] = "The owner wrote"
    answer = form.send(act="save")
    saved = values_of(entry.pk)
    assert "saved, version 2" in answer.text
    assert saved.original().title == "Other title"
    assert SectionValue("results", "en", "Ten schools.") in saved.sections
    assert saved.organisation == collection["organisation"]
    assert TermValue("goal", "1", Basis.OWNER, "It lifts people.", "en") in saved.terms
    assert "3" not in {t.code for t in saved.terms if t.scheme == "goal"}
    assert [t.code for t in saved.terms if t.scheme == "status"] == ["completed"]
    assert TermValue("country", "FR", Basis.OWNER) in saved.terms
    assert TermValue("country", "KE", Basis.OWNER) in saved.terms
    assert (saved.worldwide, saved.start, saved.end) == (True, "2021-03-04", "2022")
    assert saved.partners == (PartnerValue("Fund", PartnerRole.FUNDER),)
    assert saved.links == (LinkValue(LinkKind.WEBSITE, "https://example.org/l", "Seen"),)
    assert saved.identifiers == (IdentifierValue("IATI", "XM-2"),)
    assert saved.collections == ("health",)
    assert Entry.objects.get(pk=entry.pk).versions.get(number=2).reason == "The owner wrote"


def test_new_saves_a_draft_in_the_language_of_the_page(browser, administrator) -> None:
    form = visit(browser, "/fr/staff/entries/new/").form(name="idempotency_key")
    form["texts-0-title"] = "Réseau"
    form.send(act="save")
    entry = Entry.objects.get()
    assert (entry.state, entry.original_language) == ("unpublished", "fr")
    assert entry.submitted_by == administrator


def test_new_can_publish_at_once(desk) -> None:
    form = desk("entries/new/").form(name="idempotency_key")
    form["texts-0-title"] = "Network"
    answer = form.send(act="publish")
    assert Entry.objects.get().state == "published"
    assert "is published, version 1" in answer.text


def test_new_sent_twice_makes_one_entry(desk) -> None:
    form = desk("entries/new/").form(name="idempotency_key")
    form["texts-0-title"] = "Network"
    first, second = form.send(act="save"), form.send(act="save")
    assert Entry.objects.count() == 1
    assert first.path == second.path


def test_new_sent_again_with_other_content_is_told_and_keeps_what_was_typed(desk) -> None:
    form = desk("entries/new/").form(name="idempotency_key")
    form["texts-0-title"] = "Network"
    form.send(act="save")
    form["texts-0-title"] = "Another network"
    answer = form.send(act="save")
    assert answer.status == 422
    assert Entry.objects.count() == 1
    assert answer.form(name="based_on")["texts-0-title"] == "Another network"


def test_draft_is_published_from_the_editor_with_its_changes(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-0-title"] = "Final title"
    form.send(act="publish")
    entry.refresh_from_db()
    assert (entry.state, entry.published_version) == ("published", 2)


def test_published_entry_stays_published_with_its_new_text(desk) -> None:
    entry = entries.entry()
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-0-title"] = "Final title"
    form.send(act="save")
    entry.refresh_from_db()
    assert (entry.state, entry.published_version) == ("published", 2)


def test_preview_saves_and_leads_to_the_page_of_the_entry(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-0-title"] = "Previewed"
    answer = form.send(act="preview")
    assert answer.path.endswith(f"/entries/{entry.pk}-previewed/")
    assert answer.status == 200


def test_language_is_removed(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-1-DELETE"] = "on"
    form.send(act="save")
    assert [t.language for t in values_of(entry.pk).texts] == ["en"]


def test_original_language_is_changed(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["original"] = "1"
    form.send(act="save")
    assert values_of(entry.pk).original_language == "fr"


def test_stale_form_shows_both_texts_and_then_lets_the_person_decide(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    held = values_of(entry.pk)
    texts = (replace(held.texts[0], title="Their <script>title</script>"), *held.texts[1:])
    revise_entry(
        number=entry.pk, values=replace(held, texts=texts), based_on=1, by=None, at=clock.now()
    )
    form["texts-0-title"] = "My title"
    clash = form.send(act="save")
    assert clash.status == 409
    assert "Their <script>title</script>" in clash.text
    assert clash.tree.findall(".//script") == []
    assert "My title" in clash.text
    assert values_of(entry.pk).original().title.startswith("Their")
    clash.form(name="based_on").send(act="save")
    assert values_of(entry.pk).original().title == "My title"


def test_what_is_typed_cannot_become_markup(desk) -> None:
    owner = accounts.organisation(PAYLOAD)
    entry = entries.entry(
        publish=False,
        organisation=owner.pk,
        texts=(TextValue("en", PAYLOAD, PAYLOAD), TextValue("fr", PAYLOAD)),
        sections=(SectionValue("description", "en", PAYLOAD),),
        terms=(TermValue("goal", "3", Basis.OWNER, PAYLOAD, "en"),),
        partners=(PartnerValue(PAYLOAD),),
        links=(LinkValue(LinkKind.SOURCE, "", PAYLOAD),),
        identifiers=(IdentifierValue(PAYLOAD[:60], PAYLOAD),),
        attribution=PAYLOAD,
    )
    page = desk(f"entries/{entry.pk}/")
    form = page.form(name="based_on")
    form["country_name"] = form["based_on"] = form["term_order"] = PAYLOAD
    form["more_language_code"] = form["basis_for_new"] = PAYLOAD
    for shown in (page, form.send(act="add_text"), form.send(act="save"), desk("entries/")):
        assert shown.tree.findall(".//script") == []
        assert [e for e in shown.tree.iter() if e.get("onerror")] == []


def test_editor_without_the_right_to_publish_is_not_offered_it(register, settings) -> None:
    entry = entries.entry(publish=False)
    moderator = accounts.browser(accounts.person(Role.MODERATOR))
    page = visit(moderator, f"/en/staff/entries/{entry.pk}/")
    assert "Save and publish" in page.text
    assert visit(moderator, "/en/staff/entries/999/").status == 404


def test_number_of_queries_does_not_grow_with_the_entry(statements) -> None:
    small = entries.entry(terms=(), sections=())
    large = entries.entry(**everything())
    counts = [len(statements(f"entries/{entry.pk}/")) for entry in (small, large)]
    # the organisation (two) and the pictures (one) are asked for where there are any
    assert counts[1] - counts[0] == 3
    assert counts[0] <= 16
