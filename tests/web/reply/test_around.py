"""The ways into a reply, to those who write it, and out of it."""

import re

import pytest
from tests.factories import accounts, calls
from tests.factories import entries as register
from tests.factories.pages import visit

from stocktaking.accounts.operations import add_member, revise_person
from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.models import Reply
from stocktaking.calls.operations import invite_author
from stocktaking.calls.states import Occasion, ReplyState
from stocktaking.kernel import clock
from stocktaking.outbox.models import Message
from stocktaking.web.desk import Viewer, waiting_for
from stocktaking.web.sizes import ORDINARY, SECTION


@pytest.fixture
def member(open_call):
    """Somebody who acts for an organisation, and a browser in which they are signed in."""
    person = accounts.person()
    organisation = accounts.organisation("Mast People")
    add_member(organisation=organisation, person=person, by=None, at=calls.AT)
    return person, organisation, accounts.browser(person, second_factor=False)


def begin(client, call, **more):
    url = f"/en/calls/{call.slug}/reply/"
    data = {"from": "new", "language": "fr", "idempotency_key": "k" * 32, **more}
    return client.post(url, data)


def test_visitor_signs_in_first_and_comes_back(open_call, client) -> None:
    answer = client.get("/en/calls/yearly/reply/")
    assert answer.url == "/en/account/sign-in/?next=%2Fen%2Fcalls%2Fyearly%2Freply%2F"
    page = client.get(answer.url).content.decode()
    sign_up = re.search(r'href="([^"]*sign-up[^"]*)"', page)[1]
    assert "next=%2Fen%2Fcalls%2Fyearly%2Freply%2F" in sign_up


def test_new_reply_is_begun_for_an_organisation_in_a_language(member, open_call) -> None:
    _person, organisation, client = member
    assert "Mast People" in client.get("/en/calls/yearly/reply/").content.decode()
    answer = begin(client, open_call, organisation=str(organisation.pk))
    reply = Reply.objects.get()
    assert answer.url == f"/en/replies/{reply.key}/"
    assert reply.organisation == organisation
    assert reply.language == "fr"


def test_form_sent_twice_begins_one_reply(member, open_call) -> None:
    *_who, client = member
    first, again = begin(client, open_call), begin(client, open_call)
    assert first.url == again.url
    assert Reply.objects.count() == 1
    other = begin(client, open_call, language="ar")
    assert other.status_code == 409
    assert Reply.objects.count() == 1


def test_refusal_is_told_on_the_page(member, open_call) -> None:
    *_who, client = member
    assert begin(client, open_call, organisation="999").status_code == 422
    assert begin(client, open_call, language="").status_code == 422
    open_call.audience = {"stakeholders": ["government"]}
    open_call.save()
    answer = begin(client, open_call, idempotency_key="x" * 32)
    assert answer.status_code == 422
    assert "which type of stakeholder you are" in answer.content.decode()
    assert "/en/account/" in answer.content.decode()


def test_closed_call_offers_nothing_new(member, open_call) -> None:
    *_who, client = member
    open_call.closes_at = calls.CLOSES
    open_call.save()
    page = client.get("/en/calls/yearly/reply/").content.decode()
    assert "Begin a new reply" not in page
    assert begin(client, open_call).status_code == 422
    assert client.get("/en/calls/nothing/reply/").status_code == 404


def test_earlier_reply_is_taken_over(desk, open_call) -> None:
    data = {"from": f"reply:{desk.reply.key}", "idempotency_key": "c" * 32}
    answer = desk.client.post("/en/calls/yearly/reply/", data)
    copy = Reply.objects.exclude(pk=desk.reply.pk).get()
    assert answer.url == f"/en/replies/{copy.key}/"
    assert copy.answer_set.answers == {"title": "Village network"}
    stranger = accounts.browser(accounts.person())
    assert stranger.post("/en/calls/yearly/reply/", data).status_code == 422
    for key in ("x" * 36, "", "\0"):
        bad = {"from": f"reply:{key}", "idempotency_key": "e" * 32}
        assert stranger.post("/en/calls/yearly/reply/", bad).status_code in (409, 422)
    again = desk.post("copy/", {"call": "yearly", "idempotency_key": "d" * 32})
    assert again.status_code == 302
    assert Reply.objects.count() == 3
    assert desk.post("copy/", {"call": "none", "idempotency_key": "e" * 32}).status_code == 422


def test_authors_invite_join_hand_over_and_leave(desk) -> None:
    data = {"email": "bo@example.org", "idempotency_key": "i" * 32}
    assert desk.post("authors/", data).status_code == 302
    assert desk.post("authors/", data).status_code == 302  # the same form again
    assert desk.reply.invitations.count() == 1
    assert "bo@example.org" in desk.get("authors/").content.decode()
    assert desk.post("authors/", {"email": "no", "idempotency_key": "n" * 32}).status_code == 422
    invitation = invite_author(
        reply=desk.reply, email="cy@example.org", by=desk.person, at=clock.now()
    )
    cy = accounts.person(email="cy@example.org", name="Cy")
    theirs = accounts.browser(cy)
    join = f"/en/replies/join/{invitation.token}/"
    page = theirs.get(join).content.decode()
    assert "Ada Author asks you to write with them." in page
    assert theirs.get(desk.url()).status_code == 404
    assert theirs.post(join).url == desk.url()
    assert theirs.get(desk.url("about/")).status_code == 200
    assert theirs.get(join).url == desk.url()
    assert accounts.browser(accounts.person()).get(join).status_code == 404
    # a co-author invites nobody and takes nobody out
    assert theirs.post(desk.url("authors/"), {"email": "d@example.org"}).status_code == 404
    remove = {"act": "remove", "number": str(desk.person.pk)}
    assert theirs.post(desk.url("authors/change/"), remove).status_code == 403
    lead = {"act": "lead", "number": str(cy.pk)}
    assert desk.post("authors/change/", lead).status_code == 302
    leave = {"act": "remove", "number": str(desk.person.pk)}
    assert desk.post("authors/change/", leave).url == "/en/replies/"
    assert desk.get().status_code == 404


def test_lead_chooses_the_language_of_the_invitation(desk) -> None:
    revise_person(
        person=desk.person, name="Ada Author", language="fr", country=None, stakeholder=None,
        by=None, at=clock.now(),
    )  # fmt: skip
    form = visit(desk.client, desk.url("authors/")).form(name="email")
    assert form["language"] == "fr"  # one's own, unless one says otherwise
    form["email"], form["language"] = "bo@example.org", "ar"
    assert "bo@example.org" in form.send().text
    assert Message.objects.get(to="bo@example.org").language == "ar"
    form = visit(desk.client, desk.url("authors/")).form(name="email")
    form["email"], form["language"] = "cy@example.org", "de"
    answer = form.send()
    assert answer.status == 422
    assert "id_language_error" in answer.ids()
    assert answer.form(name="email")["email"] == "cy@example.org"


def test_invitation_is_taken_back(desk) -> None:
    invitation = invite_author(
        reply=desk.reply, email="cy@example.org", by=desk.person, at=clock.now()
    )
    desk.post("authors/change/", {"act": "revoke", "number": str(invitation.pk)})
    theirs = accounts.browser(accounts.person())
    assert theirs.get(f"/en/replies/join/{invitation.token}/").status_code == 404
    assert theirs.post(f"/en/replies/join/{invitation.token}/").status_code == 422


def test_lead_author_takes_the_reply_back_and_the_text_stays(desk, other) -> None:
    assert other.post("withdrawal/", {}).status_code == 404
    assert desk.get("withdrawal/").status_code == 200
    assert desk.post("withdrawal/", {}).url == desk.url()
    assert calls.fresh(desk.reply).state == ReplyState.WITHDRAWN
    assert "Village network" in desk.get().content.decode()
    assert desk.get("reply.json").status_code == 200
    assert desk.get("about/").url == desk.url()


def test_author_answers_the_secretariat_once(desk, other) -> None:
    data = {"text": "It is <i>Kisi</i>.", "place": "title", "idempotency_key": "s" * 32}
    for _again in range(2):
        assert desk.post("comments/say/", data).url == desk.url()
    html = other.get().content.decode()
    assert html.count("It is &lt;i&gt;Kisi&lt;/i&gt;.") == 1
    refused = desk.post("comments/say/", {**data, "text": "Other words."})
    assert refused.status_code == 409
    assert "Other words." in refused.content.decode()
    empty = {"text": " ", "idempotency_key": "t" * 32}
    assert desk.post("comments/say/", empty).status_code == 422
    assert desk.post("comments/say/", {**data, "place": "nothing"}).status_code == 404


def test_own_replies_stand_in_the_order_of_their_ends(desk, open_call) -> None:
    sooner = calls.call("sooner", closes_at=calls.NEVER.replace(year=2089))
    calls.reply(sooner, desk.person, answers={"title": "Closes first"})
    calls.sent(calls.call("sent", closes_at=calls.NEVER), desk.person)
    html = desk.client.get("/en/replies/").content.decode()
    assert html.index("Closes first") < html.index("Village network")
    assert ">Sent<" in html
    rows = waiting_for(Viewer(person=desk.person, at=clock.now()))
    assert [row.title for row in rows] == ["Closes first", "Village network"]
    nobody = accounts.browser(accounts.person())
    assert "You have not replied to a call yet." in nobody.get("/en/replies/").content.decode()


def test_large_files_are_taken_from_authors_alone(desk) -> None:
    size = str(ORDINARY + 1)
    stranger = accounts.browser(accounts.person())
    for client, length in ((stranger, size), (desk.client, str(SECTION + 1))):
        answer = client.generic(
            "POST", desk.url("about/"), CONTENT_LENGTH=length, CONTENT_TYPE="text/plain"
        )
        assert answer.status_code == 413
    small = desk.client.generic(
        "POST", desk.url("about/"), b"x", CONTENT_LENGTH=size, CONTENT_TYPE="text/plain"
    )
    assert small.status_code == 302


class TestConfirming:
    """Last year's entries."""

    @pytest.fixture
    def ours(self, member, open_call):
        _person, organisation, client = member
        open_call.confirms = True
        open_call.save()
        entries = [register.entry(organisation=organisation.pk) for _each in range(3)]
        return open_call, client, entries

    def test_one_click_confirms_one(self, ours) -> None:
        _call, client, (first, *_rest) = ours
        page = client.get("/en/calls/yearly/entries/").content.decode()
        assert page.count("Still correct</button>") == 3
        answer = client.post("/en/calls/yearly/entries/", {"one": str(first.pk)})
        assert "1 entry is confirmed." in answer.content.decode()
        reply = Reply.objects.get()
        assert (reply.occasion, reply.state) == (Occasion.CONFIRM, ReplyState.SUBMITTED)
        client.post("/en/calls/yearly/entries/", {"one": str(first.pk)})
        assert Reply.objects.count() == 1

    def test_several_are_confirmed_with_a_verdict_for_each(self, ours) -> None:
        _call, client, entries = ours
        foreign = register.entry(organisation=accounts.organisation().pk)
        numbers = [str(one.pk) for one in (*entries[:2], foreign)]
        answer = client.post("/en/calls/yearly/entries/", {"entry": numbers})
        assert "2 entries are confirmed." in answer.content.decode()
        assert Reply.objects.count() == 2

    def test_what_an_entry_lacks_is_told_at_the_entry(self, ours) -> None:
        call, client, (first, *_rest) = ours
        call.kind = "empty"
        call.save()
        answer = client.post("/en/calls/yearly/entries/", {"one": str(first.pk)})
        html = answer.content.decode()
        assert "It lacks what this call asks for" in html
        assert "Answer this question." in html
        assert Reply.objects.count() == 0

    def test_update_begins_with_what_the_entry_says(self, ours) -> None:
        _call, client, (first, *_rest) = ours
        data = {"from": f"entry:{first.pk}", "idempotency_key": "u" * 32}
        assert client.post("/en/calls/yearly/reply/", data).status_code == 302
        reply = Reply.objects.get()
        assert reply.occasion == Occasion.UPDATE
        assert reply.answer_set.answers["title"] == f"Entry {first.pk}"
        bad = {"from": "entry:x", "idempotency_key": "v" * 32}
        assert client.post("/en/calls/yearly/reply/", bad).status_code == 422

    def test_who_has_no_entries_is_told_so(self, open_call) -> None:
        nobody = accounts.browser(accounts.person(Role.ORGANISATION_EDITOR))
        page = nobody.get("/en/calls/yearly/entries/").content.decode()
        assert "No entry of yours" in page
