"""Two entries become one, and two again: numbers, versions, identifiers, what sources said."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.factories.accounts import organisation, person
from tests.factories.entries import AT, entry, values

from stocktaking.accounts.operations import merge_organisations
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations, signals
from stocktaking.entries.models import Entry, EntryVersion, ImportedStatement, Merging
from stocktaking.entries.operations import Outcome, import_entries, merge_entries, part_entries
from stocktaking.entries.operations.undoing import Done, undo_chunk
from stocktaking.entries.queries import entry_page, values_of, versions
from stocktaking.entries.rules.merging import Take
from stocktaking.entries.rules.values import IdentifierValue, PartnerValue, TermValue, TextValue
from stocktaking.entries.states import EntryState
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from stocktaking.search.models import Change

LATER = AT + dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_framework")


def identified(code: str, system: str = "list") -> tuple[IdentifierValue, ...]:
    return (IdentifierValue(system, code),)


def merge(kept: Entry, merged: Entry, **stated) -> Merging:
    based = tuple(Entry.objects.get(pk=one.pk).version for one in (kept, merged))
    stated = {"based_on": based, "by": None, "at": LATER, **stated}
    return merge_entries(kept=kept.number, merged=merged.number, **stated)


def code_of(act, **stated) -> str:
    with pytest.raises(RuleBroken) as caught:
        act(**stated)
    return caught.value.code


def edit(number: int, **stated) -> None:
    now = replace(values_of(number), **stated)
    version = Entry.objects.get(number=number).version
    operations.revise_entry(number=number, values=now, based_on=version, by=None, at=LATER)


def test_merge_keeps_what_both_say_and_every_version() -> None:
    kept, merged = (
        entry(identifiers=identified("a")),
        entry(
            identifiers=identified("b", "other"),
            website="https://b.example",
            texts=(TextValue("en", "Same mast"), TextValue("ar", "برج")),
            terms=(TermValue("line", "L2"), TermValue("country", "KE")),
        ),
    )
    heard = []

    def hear(merging, **_):
        heard.append(merging)

    signals.entries_merged.connect(hear)
    done = merge(kept, merged)
    signals.entries_merged.disconnect(hear)
    assert heard == [done]
    now = values_of(kept.number)
    assert {text.language for text in now.texts} == {"en", "fr", "ar"}
    assert now.original() == values_of(kept.number).original()
    assert {(one.system, one.value) for one in now.identifiers} == {("list", "a"), ("other", "b")}
    assert now.website == "https://b.example"
    goes = Entry.objects.get(pk=merged.pk)
    assert (goes.state, goes.merged_into_id) == (EntryState.WITHDRAWN, kept.number)
    assert values_of(merged.number).identifiers == ()
    # nothing that was ever said is lost
    assert EntryVersion.objects.filter(entry=merged).count() == 2
    assert versions(kept.number)[0].reason == "Two entries of one project were merged"
    assert "one with another entry" in entry_page(merged.number, "en").withdrawal_reason
    told = HistoryRecord.objects.filter(verb__in=["entry_merged_away", "entry_took_in"])
    assert {(one.verb, one.object_id) for one in told} == {
        ("entry_merged_away", str(merged.pk)),
        ("entry_took_in", str(kept.pk)),
    }
    keys = Change.objects.order_by("-pk").values_list("key", flat=True)[:2]
    assert set(keys) == {str(kept.pk), str(merged.pk)}


def test_choice_takes_the_other_side_and_a_term_retired_since_may_stay() -> None:
    kept = entry(texts=(TextValue("en", "Ours", "A."),), start="2001")
    merged = entry(texts=(TextValue("en", "Theirs", "B."),), start="2002")
    chosen = {"texts.en.title": Take.THEIRS, "texts.en.summary": Take.BOTH, "period": Take.THEIRS}
    merge(kept, merged, chosen=chosen)
    now = values_of(kept.number)
    assert now.original() == TextValue("en", "Theirs", "A.\n\nB.")
    assert now.start == "2002"


def test_organisation_that_gives_way_becomes_a_partner() -> None:
    one, two = organisation("One"), organisation("Two")
    kept, merged = entry(organisation=one.number), entry(organisation=two.number)
    merge(kept, merged)
    assert PartnerValue("Two", organisation=two.number) in values_of(kept.number).partners


@pytest.mark.parametrize("stays_unknown", [True, False])
def test_owner_that_is_not_known_gives_way_without_a_trace(stays_unknown) -> None:
    body, nobody = organisation("Body"), organisation("Unknown", unknown=True)
    first, second = (nobody, body) if stays_unknown else (body, nobody)
    kept, merged = entry(organisation=first.number), entry(organisation=second.number)
    before = values_of(kept.number)
    done = merge(kept, merged)
    now = values_of(kept.number)
    assert (now.organisation, now.partners) == (body.number, before.partners)
    part_entries(merging=done.pk, by=None, at=LATER)
    assert values_of(kept.number) == before


def test_merge_is_refused_where_it_would_lead_nowhere_or_was_seen_otherwise() -> None:
    kept, merged, draft = entry(), entry(), entry(publish=False)
    stated = {"based_on": (1, 1), "by": None, "at": LATER}
    number = kept.number
    assert code_of(merge_entries, kept=number, merged=number, **stated) == "entry_itself"
    assert code_of(merge_entries, kept=number, merged=9999, **stated) == "entry_unknown"
    refused = code_of(merge_entries, kept=draft.number, merged=number, **stated)
    assert refused == "merge_refused"
    edit(merged.number, start="2001")
    with pytest.raises(StaleVersion):
        merge_entries(kept=number, merged=merged.number, **stated)
    with pytest.raises(NotAllowed):
        merge(kept, merged, by=person(Role.OBSERVER))
    assert Entry.objects.filter(state=EntryState.PUBLISHED).count() == 2
    merge(kept, draft, by=person(Role.MODERATOR))
    assert code_of(operations.publish_entry, number=draft.number, by=None, at=LATER) == (
        "merged_away"
    )


def test_undoing_gives_back_both_and_keeps_what_was_changed_since() -> None:
    kept = entry(identifiers=identified("a"))
    merged = entry(identifiers=identified("b", "other"), website="https://b.example")
    first, second = values_of(kept.number), values_of(merged.number)
    done = merge(kept, merged)
    edit(kept.number, start="2001")
    part_entries(merging=done.pk, by=None, at=LATER)
    assert values_of(merged.number) == second
    assert values_of(kept.number) == replace(first, start="2001")
    back = Entry.objects.get(pk=merged.pk)
    assert (back.state, back.merged_into_id, back.withdrawal_reason) == ("published", None, "")
    assert back.published_version == back.version
    assert code_of(part_entries, merging=done.pk, by=None, at=LATER) == "merging_undone"
    assert code_of(part_entries, merging=0, by=None, at=LATER) == "merging_unknown"
    merge(kept, back)  # and it can be done again


def test_undoing_works_after_the_organisations_were_merged_as_well() -> None:
    one, two = organisation("One"), organisation("Two")
    kept, merged = entry(organisation=one.number), entry(organisation=two.number)
    first = values_of(kept.number)
    done = merge(kept, merged)
    merge_organisations(kept=one.number, merged=two.number, by=None, at=LATER)
    part_entries(merging=done.pk, by=None, at=LATER)
    assert values_of(kept.number) == first
    assert values_of(merged.number).organisation == one.number


def test_draft_comes_back_as_a_draft() -> None:
    kept, draft = entry(), entry(publish=False)
    part_entries(merging=merge(kept, draft).pk, by=None, at=LATER)
    assert Entry.objects.get(pk=draft.pk).state == EntryState.UNPUBLISHED


def test_merges_are_undone_from_the_last_one_back() -> None:
    one, two, three = entry(), entry(), entry()
    first, second = merge(two, one), merge(three, two)
    assert code_of(part_entries, merging=first.pk, by=None, at=LATER) == "merge_later"
    part_entries(merging=second.pk, by=None, at=LATER)
    part_entries(merging=first.pk, by=None, at=LATER)
    assert Entry.objects.filter(state=EntryState.PUBLISHED).count() == 3


def test_source_of_the_merged_entry_goes_on_with_the_one_that_stays() -> None:
    mine = values(identifiers=identified("a"))
    theirs = values(identifiers=identified("b", "other"), website="https://b.example")
    made = import_entries(rows=[mine, theirs], by=None, at=AT, publish=True).verdicts
    kept, merged = (Entry.objects.get(pk=one.number) for one in made)
    done = merge(kept, merged)
    [same] = import_entries(rows=[theirs], by=None, at=LATER).verdicts
    assert (same.outcome, same.number) == (Outcome.UNCHANGED, kept.number)
    # what the source changes arrives; what it had always said otherwise does not
    news = replace(theirs, website="https://c.example")
    [now] = import_entries(rows=[news], by=None, at=LATER).verdicts
    assert (now.outcome, now.number) == (Outcome.UPDATED, kept.number)
    assert values_of(kept.number).website == "https://c.example"
    assert values_of(kept.number).original().title == mine.original().title
    part_entries(merging=done.pk, by=None, at=LATER)
    said = ImportedStatement.objects.filter(system="other")
    assert set(said.values_list("entry", flat=True)) == {merged.number}


def test_undoing_an_import_keeps_an_entry_to_which_a_merged_number_leads() -> None:
    alike = {"texts": (TextValue("en", "Village network"),)}  # the merge brings nothing new
    [made] = import_entries(rows=[values(**alike)], by=None, at=AT, publish=True).verdicts
    kept, merged = Entry.objects.get(pk=made.number), entry(**alike)
    done = merge(kept, merged)
    undo = {"done": [Done(kept.number, None, 1)], "batch": 1, "since": AT, "by": None, "at": LATER}
    assert undo_chunk(**undo) == set()
    assert Entry.objects.get(pk=kept.pk).state == EntryState.PUBLISHED
    part_entries(merging=done.pk, by=None, at=LATER)
    assert undo_chunk(**undo) == {kept.number}


def test_two_records_of_one_source_do_not_take_turns_after_a_merge() -> None:
    mine, theirs = (values(identifiers=identified(code)) for code in "ab")
    made = import_entries(rows=[mine, theirs], by=None, at=AT, publish=True).verdicts
    kept, merged = (Entry.objects.get(pk=one.number) for one in made)
    done = merge(kept, merged)
    before = Entry.objects.get(pk=kept.pk).version
    for _ in range(2):
        found = import_entries(rows=[mine, theirs], by=None, at=LATER).verdicts
        assert [one.outcome for one in found] == [Outcome.UNCHANGED] * 2
        assert [note.code for note in found[1].notes] == ["record_merged"]
    assert Entry.objects.get(pk=kept.pk).version == before
    part_entries(merging=done.pk, by=None, at=LATER)
    [news] = import_entries(rows=[replace(theirs, start="2002")], by=None, at=LATER).verdicts
    assert (news.outcome, news.number) == (Outcome.UPDATED, merged.number)
