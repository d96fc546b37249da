"""Saying, settling and opening again."""

import datetime as dt

import pytest
from tests.factories.accounts import AT, person

from stocktaking.accounts.operations import erase_person, export_person
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import RuleBroken
from stocktaking.threads import operations, signals
from stocktaking.threads.models import Comment, Thread
from stocktaking.threads.queries import open_counts, threads_by_place, threads_of

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(hours=1)


def say(text="Name the villages.", **stated):
    plain = {
        "about_type": "calls.reply",
        "about_id": "7",
        "place": "summary",
        "text": text,
        "language": "en",
        "by": None,
        "at": AT,
    }
    return operations.say(**{**plain, **stated})


def test_say_opens_one_thread_per_place_and_audience():
    say()
    say("Two of them.", at=LATER)
    say("Looks weak to me.", audience="staff")
    parties, staff = threads_of("calls.reply", "7", ("parties", "staff"))
    assert [one.text for one in parties.comments] == ["Name the villages.", "Two of them."]
    assert [one.text for one in staff.comments] == ["Looks weak to me."]
    assert HistoryRecord.objects.filter(verb="comment_said").count() == 3


def test_threads_of_shows_only_what_the_audience_reads():
    say("For the staff.", audience="staff")
    assert threads_of("calls.reply", "7") == ()
    assert threads_of("calls.reply", "8", ("parties", "staff")) == ()


def test_threads_by_place_keeps_the_whole_apart():
    say()
    say("Thank you.", place="")
    found = threads_by_place("calls.reply", "7")
    assert sorted(found) == ["", "summary"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \r\n ", "comment_empty"),
        ("x" * (operations.TEXT_MAX + 1), "comment_long"),
        ("a\x00b", "control_character"),
        ("a\ud800", "control_character"),
    ],
)
def test_say_refuses_text_that_cannot_be_shown(text, code):
    with pytest.raises(RuleBroken) as caught:
        say(text)
    assert (caught.value.code, caught.value.field) == (code, "text")
    assert not Thread.objects.exists()


def test_resolve_and_reopen_are_remembered_once():
    thread = say().thread
    operations.resolve(thread_id=thread.pk, by=None, at=LATER)
    operations.resolve(thread_id=thread.pk, by=None, at=LATER + dt.timedelta(hours=1))
    assert Thread.objects.get().resolved_at == LATER
    assert open_counts("calls.reply", ["7"]) == {}
    operations.reopen(thread_id=thread.pk, by=None, at=LATER)
    operations.reopen(thread_id=thread.pk, by=None, at=LATER)
    assert open_counts("calls.reply", ["7", "8"]) == {"7": 1}
    verbs = HistoryRecord.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["comment_said", "thread_resolved", "thread_reopened"]


def test_comment_in_a_resolved_thread_opens_it_again():
    thread = say().thread
    operations.resolve(thread_id=thread.pk, by=None, at=LATER)
    say("One more thing.", at=LATER)
    assert Thread.objects.get().resolved_at is None


def test_resolve_refuses_an_unknown_thread():
    with pytest.raises(RuleBroken) as caught:
        operations.resolve(thread_id=1, by=None, at=AT)
    assert caught.value.code == "thread_unknown"


def test_say_tells_the_apps_above():
    heard = []

    def hear(**told):
        heard.append((told["thread"].place, told["comment"].text))

    signals.comment_said.connect(hear)
    try:
        say()
    finally:
        signals.comment_said.disconnect(hear)
    assert heard == [("summary", "Name the villages.")]


def test_author_is_a_name_and_never_an_address():
    nameless = person(email="secret@example.org")
    nameless.name = ""
    nameless.save()
    say(by=nameless)
    say("Said by Ada.", by=person(name="Ada"))
    [thread] = threads_of("calls.reply", "7")
    assert [one.author for one in thread.comments] == ["", "Ada"]


def test_export_hands_out_what_somebody_said_and_erasing_leaves_it_unnamed():
    ada = person()
    say(by=ada)
    told = export_person(person=ada, by=ada, at=LATER)
    assert told["comments"] == [
        {
            "at": AT.isoformat(),
            "about": "calls.reply 7",
            "place": "summary",
            "text": "Name the villages.",
        }
    ]
    erase_person(person=ada, by=ada, at=LATER)
    assert Comment.objects.get().by is None
