"""A section is saved whatever is wrong with it, and nothing of two authors is lost."""

import pytest
from django.urls import reverse
from tests.factories import accounts, calls

from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.operations import return_reply
from stocktaking.kernel import clock
from stocktaking.threads.operations import say

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg/onload=alert(1)>",
    "{{ 7*7 }}{% debug %}",
    "javascript:alert(1)",
]


def test_saving_keeps_what_was_typed_and_goes_on(desk) -> None:
    answer = desk.save("next", summary="Two masts.\r\n\r\nOne village.", reach="1 200")
    assert answer.status_code == 302
    assert answer.url == desk.url("end/")
    assert desk.answers["summary"] == "Two masts.\n\nOne village."
    assert desk.answers["reach"] == 1200
    last = desk.save("next", "end", agreed="1")
    assert last.url == desk.url("check/")


def test_page_says_when_it_was_saved_and_how_long_there_is(desk) -> None:
    html = desk.get("about/").content.decode()
    assert "version 2" in html
    assert "Call closes Sunday 1 January 2090" in html
    assert "Section 1 of 2" in html


def test_saving_shows_what_is_missing_and_does_not_insist(desk) -> None:
    answer = desk.save("stay", title="", summary="one two three four five six seven eight nine")
    assert answer.url == desk.url("about/") + "?check=1"
    html = desk.client.get(answer.url).content.decode()
    assert 'href="#id_q-title"' in html
    assert "Words allowed: 8. Words now: 9." in html
    assert "problems" in html
    assert desk.answers["summary"].endswith("nine")


def test_what_cannot_be_read_is_shown_again_and_the_rest_is_saved(desk) -> None:
    answer = desk.save("next", summary="Kept.", reach="very many")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="very many"' in html
    assert 'href="#id_q-reach"' in html
    assert desk.answers["summary"] == "Kept."
    assert "reach" not in desk.answers


def test_what_is_far_too_long_is_shown_again_and_the_rest_is_saved(desk) -> None:
    answer = desk.save("next", summary="x" * 70_000, reach="5")
    assert answer.status_code == 422
    assert "x" * 70_000 in answer.content.decode()
    assert desk.answers["reach"] == 5
    assert "summary" not in desk.answers


def test_question_that_follows_from_an_answer_is_shown_before_going_on(desk) -> None:
    answer = desk.save("next", phase="plan")
    assert answer.url == desk.url("about/") + "#id_q-when_planned"
    assert desk.save("next", when_planned="In May").url == desk.url("end/")


def test_organisation_is_found_by_name_without_losing_anything(desk) -> None:
    accounts.organisation("Tower Friends")
    answer = desk.save("find:owner", summary="Typed before.", owner__find="tower")
    assert answer.status_code == 200
    assert "Tower Friends" in answer.content.decode()
    assert desk.answers["summary"] == "Typed before."


def test_what_two_authors_changed_in_different_answers_is_merged_with_a_note(desk, other) -> None:
    page = desk.page("about/")
    other.save("stay", summary="Written by Bo.")
    answer = desk.send(page, "stay", reach="7")
    assert answer.status_code == 302
    assert desk.answers["summary"] == "Written by Bo."
    assert desk.answers["reach"] == 7
    assert "Both changes are kept" in desk.client.get(answer.url).content.decode()


def test_what_two_authors_changed_in_one_answer_is_shown_side_by_side(desk, other) -> None:
    page = desk.page("about/")
    other.save("stay", summary="Written by Bo.")
    answer = desk.send(page, "next", summary="Written by Ada.", reach="7")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert html.count("Written by Bo.") == 1
    assert "Written by Ada." in html
    assert desk.answers["summary"] == "Written by Bo."
    assert desk.answers["reach"] == 7  # no conflict: it is saved


@pytest.mark.parametrize(
    ("choice", "text", "stays"),
    [
        ("theirs", "Written by Ada.", "Written by Bo."),
        ("mine", "Written by Ada.", "Written by Ada."),
        ("mine", "Written by both.", "Written by both."),
    ],
)
def test_conflict_is_settled_by_choosing(desk, other, choice, text, stays) -> None:
    page = desk.page("about/")
    other.save("stay", summary="Written by Bo.")
    desk.send(page, "next", summary="Written by Ada.")
    again = {
        "based_on": str(desk.revision),
        "shown": "summary",
        "q-summary": text,
        "settle-summary": choice,
        "act": "settle",
    }
    settled = desk.post("about/", again)
    assert settled.status_code == 302
    # in letters that no browser quotes: the script looks for it
    assert settled.cookies["settled"].coded_value == f"{desk.reply.key}.about:summary"
    assert desk.answers["summary"] == stays


def test_conflict_without_a_choice_is_asked_again(desk, other) -> None:
    page = desk.page("about/")
    other.save("stay", summary="Written by Bo.")
    desk.send(page, "next", summary="Written by Ada.")
    undecided = {
        "based_on": str(desk.revision),
        "shown": "summary",
        "q-summary": "Ada again.",
        "act": "settle",
    }
    answer = desk.post("about/", undecided)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert 'href="#settle-summary"' in html
    assert "Ada again." in html
    assert "Written by Bo." in html


def test_third_change_while_choosing_is_a_conflict_again(desk, other) -> None:
    page = desk.page("about/")
    other.save("stay", summary="Written by Bo.")
    desk.send(page, "next", summary="Written by Ada.")
    seen = desk.revision
    other.save("stay", summary="Bo once more.")
    settle = {
        "based_on": str(seen),
        "shown": "summary",
        "q-summary": "Written by Ada.",
        "settle-summary": "mine",
        "act": "settle",
    }
    answer = desk.post("about/", settle)
    assert answer.status_code == 409
    assert "Bo once more." in answer.content.decode()
    assert desk.answers["summary"] == "Bo once more."


def test_wrong_answer_put_right_does_not_undo_what_another_author_wrote(desk, other) -> None:
    """After a refusal the page shows what is stored now, not what was typed before."""
    page = desk.page("about/")
    other.save("stay", summary="Written by Bo.")
    refused = desk.send(page, "next", reach="many")
    assert refused.status_code == 422
    assert "Written by Bo." in refused.content.decode()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_typed_becomes_markup(desk, other, payload) -> None:
    page = desk.page("about/")
    other.save("stay", summary=payload + " theirs", owner="new", owner__name=payload + " theirs")
    answer = desk.send(
        page, "next", summary=payload + " mine", owner="new", owner__name=payload + " mine"
    )
    assert answer.status_code == 409
    pages = [answer, desk.get("about/"), desk.get("check/"), desk.get("")]
    for html in (one.content.decode() for one in pages):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<svg/onload" not in html
        assert 'href="javascript:' not in html


def test_window_that_was_left_open_does_not_bring_back_the_old_text(desk) -> None:
    old = desk.page("about/")
    desk.save("stay", title="New title", summary="New summary.")
    desk.send(old, "stay", reach="3")
    assert desk.answers["title"] == "New title"
    assert desk.answers["summary"] == "New summary."
    assert desk.answers["reach"] == 3


def test_remark_of_a_moderator_stands_beside_its_field(desk) -> None:
    desk.save("next", "end", agreed="1")
    calls.submit(desk.reply, desk.person)
    staff = accounts.person(Role.MODERATOR)
    say(
        about_type="calls.reply",
        about_id=str(desk.reply.pk),
        place="title",
        text="Which <b>village</b>?",
        language="en",
        from_staff=True,
        by=staff,
        at=clock.now(),
    )
    return_reply(reply=desk.reply, reason="See the remarks.", by=staff, at=clock.now())
    html = desk.get("about/").content.decode()
    assert "Which &lt;b&gt;village&lt;/b&gt;?" in html
    assert html.index("Which &lt;b&gt;") < html.index('name="q-title"')
    assert "Returned to you" in html


def test_reply_that_was_sent_meanwhile_keeps_the_typed_text_on_the_page(desk, other) -> None:
    desk.save("next", "end", agreed="1")
    page = desk.page("about/")
    calls.submit(desk.reply, other.person)
    answer = desk.send(page, "next", summary="Too late, but typed.")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Too late, but typed." in html
    assert "has been sent and cannot be changed" in html
    assert desk.get("about/").status_code == 302


@pytest.mark.parametrize(
    "rest", ["", "about/", "check/", "sent/", "authors/", "copy/", "withdrawal/", "reply.json"]
)
def test_reply_of_somebody_else_does_not_exist(desk, rest) -> None:
    stranger = accounts.browser(accounts.person())
    assert stranger.get(desk.url(rest)).status_code == 404
    nothing = desk.url(rest).replace(str(desk.reply.key), "00000000-0000-4000-8000-000000000000")
    assert desk.client.get(nothing).status_code == 404


def test_section_that_does_not_exist_is_not_found(desk) -> None:
    assert desk.get("nothing/").status_code == 404


def test_writing_goes_on_after_the_end_of_the_call(desk, open_call) -> None:
    open_call.opens_at, open_call.closes_at = calls.OPENS, calls.CLOSES
    open_call.save()
    html = desk.get("about/").content.decode()
    assert "The call has closed" in html
    assert reverse("reply_data", args=[desk.reply.key]) in html
    desk.save("stay", summary="Still kept.")
    assert desk.answers["summary"] == "Still kept."
