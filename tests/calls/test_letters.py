"""Letters: to whom, in which language, once each, whatever breaks off."""

import datetime as dt

import pytest
from tests.factories import accounts
from tests.factories import calls as make
from tests.factories import entries as register

from stocktaking.accounts.operations import add_member, set_consents
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.calls import operations
from stocktaking.calls.models import Letter
from stocktaking.calls.queries.letters import readers_of
from stocktaking.calls.rules.audience import Audience, GroupRule
from stocktaking.calls.rules.values import LetterText
from stocktaking.calls.states import LetterKind, LetterState
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import run_waiting
from stocktaking.jobs.operations.leases import RunStopped
from stocktaking.jobs.registry import KINDS
from stocktaking.kernel.errors import NotAllowed, RuleBroken, RulesBroken, StaleVersion
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations import suppress_address
from stocktaking.outbox.states import Category, MessageState
from stocktaking.reference.queries import catalogue

AT, CLOSES, AFTER = make.AT, make.CLOSES, make.AFTER
DAY = dt.timedelta(days=1)


@pytest.fixture
def call():
    return make.call("yearly")


def group(text="", slug="focal", rule=make.NOBODY):
    made = operations.create_group(slug=slug, title={"en": slug}, rule=rule, by=None, at=AT)
    if text:
        operations.save_recipients(group=made, text=text, by=None, at=AT)
    return made


def letter(call, **stated):
    stated.setdefault("groups", ("focal",))
    return operations.draft_letter(call=call, values=make.letter_values(**stated), by=None, at=AT)


def send(made, **stated):
    return operations.send_letter(letter=made, by=None, at=AT, **stated)


def run():
    return run_waiting(at_clock=lambda: AT)


def code_of(act, *args, **stated):
    with pytest.raises(RuleBroken) as caught:
        act(*args, **stated)
    return caught.value.code


def addresses(made):
    return {reader.email for reader in readers_of(made)}


def test_a_letter_goes_to_everybody_once_in_their_language(call):
    group("ada@example.org,Ada,Ministry,en\nbea@example.org,Bea,,fr\nchi@example.org,Chi,,zh\n")
    group("ADA@example.org,Ada again", slug="more")
    made = letter(call, groups=("focal", "more"))
    assert send(made).state == LetterState.SENDING
    run()
    mails = {mail.to: mail for mail in Message.objects.all()}
    assert set(mails) == {"ada@example.org", "bea@example.org", "chi@example.org"}
    ada, bea, chi = (mails[f"{name}@example.org"] for name in ("ada", "bea", "chi"))
    assert (ada.subject, bea.subject) == ("Call: Yearly call", "Appel : Appel annuel")
    assert chi.language == "en"  # not written in Chinese
    assert "Friday 20 March 2026, 23:00 Geneva (22:00 UTC)" in ada.text
    assert "vendredi 20 mars 2026, 23:00 Genève" in bea.text
    assert "/fr/calls/yearly/" in bea.text
    assert (
        ada.text.index("REF/26")
        < ada.text.index("Sunday 1 March 2026")
        < (ada.text.index("Dear Ada"))
    )
    assert "The Secretary" in ada.text
    made.refresh_from_db()
    assert (made.state, made.sent_at is not None) == (LetterState.SENT, True)


def test_sent_twice_or_broken_off_it_is_written_once(call):
    group("\n".join(f"person{number:03}@example.org" for number in range(250)))
    made = letter(call)
    send(made)
    send(made)
    [job] = Job.objects.all()
    seen = []

    class Broken:
        """A run that is killed in its second chunk, before the chunk is kept."""

        arguments, by_id = job.arguments, None
        cursor: dict = {}

        def progress(self, done, total=None, *, message=None, cursor=None):
            seen.append(done)
            if done == 200:
                raise RunStopped
            self.cursor = cursor or self.cursor

    broken = Broken()
    with pytest.raises(RunStopped):
        KINDS["calls.letter"](broken)
    assert Message.objects.count() == 100
    assert seen == [0, 100, 200]
    run()  # from the beginning: what was written is not written again
    assert Message.objects.count() == 250
    again = Broken()
    again.progress = lambda *_, **__: None
    KINDS["calls.letter"](again)
    assert Message.objects.count() == 250


@pytest.mark.parametrize(
    "value", ["[click](https://evil.example)", "<b>x</b>", "a\nBcc: x@example.org", "{link}"]
)
def test_what_is_filled_in_cannot_inject(call, value):
    group(f"ada@example.org\t{value.splitlines()[0]}\tBody")
    made = letter(call, texts={"en": LetterText("For {name}", "Dear {name}, {organisation}")})
    call.title = {"en": value}
    call.save()
    send(made)
    run()
    mail = Message.objects.get()
    assert "\n" not in mail.subject
    assert 'evil.example"' not in mail.html
    assert "<b>x</b>" not in mail.html


def test_words_that_nothing_is_filled_in_for_are_refused_on_saving(call):
    with pytest.raises(RulesBroken) as caught:
        letter(call, texts={"en": LetterText("{nmae}", "{password}"), "fr": LetterText("x", "")})
    assert [(one.code, one.field) for one in caught.value.errors] == [
        ("placeholder_unknown", "subject-en"),
        ("placeholder_unknown", "body-en"),
        ("letter_half_written", "body-fr"),
    ]
    assert not Letter.objects.exists()


def test_a_letter_is_not_sent_before_it_is_whole(call):
    empty = letter(call, texts={}, groups=(), kind=LetterKind.REMINDER)
    with pytest.raises(RulesBroken) as caught:
        send(empty)
    assert {one.code for one in caught.value.errors} == {
        "letter_empty",
        "letter_without_readers",
        "days_before_missing",
    }
    group("ada@example.org")
    assert code_of(send, letter(make.draft_call())) == "call_not_published"
    assert code_of(send, letter(call), send_at=AT) == "send_in_past"
    with pytest.raises(NotAllowed):
        operations.send_letter(letter=letter(call), by=accounts.person(), at=AT)


def test_what_is_on_its_way_stays_as_it_is(call):
    group("ada@example.org")
    made = letter(call)
    act = {
        "letter": made,
        "values": make.letter_values(groups=("focal",)),
        "based_on": 1,
        "by": None,
        "at": AT,
    }
    operations.revise_letter(**act)
    with pytest.raises(StaleVersion):
        operations.revise_letter(**act)
    send(made)
    assert code_of(operations.revise_letter, **act | {"based_on": 2}) == "letter_sent"
    assert code_of(operations.delete_letter, letter=made, by=None, at=AT) == "letter_sent"
    other = letter(call)
    operations.delete_letter(letter=other, by=None, at=AT)
    assert Letter.objects.get() == made


def test_a_letter_waits_for_its_moment_and_can_be_held_back(call):
    group("ada@example.org")
    made = letter(call)
    send(made, send_at=AT + DAY)
    assert operations.post_due(at=AT + DAY - make.MILLISECOND) == 0
    operations.unschedule_letter(letter=made, by=None, at=AT)
    assert operations.post_due(at=AT + DAY) == 0
    send(made, send_at=AT + DAY)
    assert operations.post_due(at=AT + DAY) == 1
    assert operations.post_due(at=AT + DAY) == 0
    assert Job.objects.count() == 1


def test_a_reminder_goes_to_drafts_days_before_the_end_and_moves_with_it(call):
    by, done = accounts.person(), accounts.person()
    make.reply(call, by)
    make.sent(call, done)
    made = letter(call, kind=LetterKind.REMINDER, days_before=3, to_drafts=True, groups=())
    send(made)
    operations.extend_call(call=call, closes_at=CLOSES + DAY, reason={"en": "x"}, by=None, at=AT)
    assert operations.post_due(at=CLOSES - 3 * DAY) == 0
    assert operations.post_due(at=CLOSES - 2 * DAY) == 1
    assert addresses(made) == {by.email}
    late = letter(make.call(), kind=LetterKind.REMINDER, days_before=1, to_drafts=True)
    send(late)
    assert operations.post_due(at=CLOSES) == 0  # nobody is reminded of what is over


def test_accounts_are_written_to_with_their_consent_and_owners_about_what_is_theirs(call):
    kenya = catalogue().term("country", "KE").id
    willing, silent, owner = (accounts.person() for _ in range(3))
    for person in (willing, silent, owner):
        person.country_id = kenya
        person.save()
    set_consents(person=willing, given={Purpose.CALLS: True}, by=willing, at=AT)
    body = accounts.organisation("Village council")
    add_member(organisation=body, person=owner, by=None, at=AT)
    register.entry(organisation=body.pk)
    group(rule=GroupRule(countries=frozenset({"KE"})))
    group(slug="owners", rule=GroupRule(owners=True))
    assert addresses(letter(call)) == {willing.email}
    [reader] = readers_of(letter(call, groups=("owners",)))
    assert (reader.email, reader.organisation, reader.takes_part) == (
        owner.email,
        "Village council",
        True,
    )


def test_who_wants_no_more_letters_gets_none(call):
    group("ada@example.org\nbea@example.org")
    suppress_address(address="ada@example.org", category=Category.NEWS, by=None, at=AT)
    send(letter(call))
    run()
    states = dict(Message.objects.values_list("to", "state"))
    assert states == {
        "ada@example.org": MessageState.SUPPRESSED,
        "bea@example.org": MessageState.QUEUED,
    }


def test_a_later_end_is_announced_to_readers_and_authors(call):
    by = accounts.person()
    make.reply(call, by)
    group("ada@example.org,Ada,,fr")
    group("not-asked@example.org", slug="other")
    send(letter(call))
    run()
    Message.objects.all().delete()
    operations.extend_call(
        call=call, closes_at=AFTER, reason={"en": "Many asked", "fr": "Beaucoup l’ont demandé"},
        by=None, at=AT,
    )  # fmt: skip
    run()
    mails = {mail.to: mail for mail in Message.objects.all()}
    assert set(mails) == {by.email, "ada@example.org"}
    assert "Saturday 21 March 2026, 23:00 Geneva" in mails[by.email].text
    assert mails[by.email].category == Category.PROCESS
    assert mails["ada@example.org"].category == Category.NEWS
    assert "Beaucoup l’ont demandé" in mails["ada@example.org"].text


def test_arrival_is_confirmed_with_number_and_fingerprint(call):
    by = accounts.person()
    reply = make.sent(call, by)
    make.submit(reply, by)  # twice is once
    [mail] = Message.objects.filter(kind="calls.received")
    assert (mail.to, mail.language) == (by.email, "en")
    assert str(reply.number) in mail.subject
    assert reply.snapshots.get().sha256 in mail.text
    operations.return_reply(reply=reply, reason="Say [more](https://x.example)", by=None, at=AT)
    returned = Message.objects.get(kind="calls.returned")
    assert 'href="https://x.example' not in returned.html


def test_only_the_invited_may_reply_where_a_call_says_so():
    held = make.call(audience=Audience(invited=True))
    by = accounts.person(email="ada@example.org")
    act = {"call": held, "by": by, "at": AT, "language": "en"}
    assert code_of(operations.start_reply, **act) == "not_invited"
    group("Ada@example.org")
    letter(held)
    assert operations.start_reply(**act).call == held


def test_a_list_is_taken_line_by_line_and_twice_adds_nobody():
    made = group()
    act = {"group": made, "text": "ada@example.org\nnobody\n", "by": None, "at": AT}
    assert [line.fault for line in operations.save_recipients(**act)] == ["", "email_malformed"]
    assert [line.fault for line in operations.save_recipients(**act)] == [
        "known",
        "email_malformed",
    ]
    [row] = made.recipients.all()
    assert operations.remove_recipients(group=made, recipients=[row.pk], by=None, at=AT) == 1
    with pytest.raises(StaleVersion):
        operations.revise_group(
            group=made, title={"en": "x"}, rule=make.NOBODY, based_on=9, by=None, at=AT
        )
    assert code_of(group) == "group_exists"
