"""The yearly question: who is asked, what the link does, how often."""

import datetime as dt
import re

import pytest
from click.testing import CliRunner
from tests.factories import accounts
from tests.factories.entries import AT, entry

from stocktaking.accounts.models import Membership
from stocktaking.accounts.operations import add_member, erase_person
from stocktaking.accounts.rules.roles import Role
from stocktaking.console.main import cli
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import confirm_entry_correct, withdraw_entry
from stocktaking.intake.models import Confirmation
from stocktaking.intake.operations import asking
from stocktaking.intake.queries.freshness import asked_by_link, freshness, unclaimed
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import run_waiting
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.outbox.models import Message

pytestmark = pytest.mark.usefixtures("_framework")
YEAR = AT + dt.timedelta(days=400)
LINK = re.compile(r"/en/confirm/([\w-]+)/")


@pytest.fixture
def owner():
    return accounts.person()


@pytest.fixture
def body(owner):
    made = accounts.organisation("Mast Fund")
    add_member(organisation=made, person=owner, by=None, at=AT)
    return made


def ask(at=YEAR, **more):
    return str(asking.ask_confirmation(by=None, at=at, **more))


def mail_to(person):
    return Message.objects.get(to=person.email, kind="intake.confirmation")


def confirm(token, at=YEAR):
    return asking.confirm_by_link(token=token, at=at)


def refusal(act, *args, **more) -> str:
    with pytest.raises(RuleBroken) as caught:
        act(*args, **more)
    return caught.value.code


def test_one_mail_lists_all_old_entries_of_a_person(owner, body):
    first, second = entry(organisation=body.pk), entry(organisation=body.pk)
    fresh = entry(organisation=body.pk, at=YEAR)
    entry()
    assert ask(dry_run=True) == "mails 1, entries 2, skipped 0"
    assert not Message.objects.exists()
    assert ask() == "mails 1, entries 2, skipped 0"
    mail = mail_to(owner)
    assert len(LINK.findall(mail.text)) == 2
    assert len(re.findall(r'<a href="[^"]*/en/confirm/', mail.html)) == 2
    assert "Mast Fund" in mail.text
    rows = Confirmation.objects.values_list("entry_id", flat=True)
    assert set(rows) == {first.pk, second.pk}
    assert fresh.pk not in rows


def test_address_is_asked_once_a_year(owner, body, settings):
    entry(organisation=body.pk)
    ask()
    assert ask(at=YEAR + dt.timedelta(days=364)) == "mails 0, entries 0, skipped 1"
    assert ask(at=YEAR + dt.timedelta(days=366)) == "mails 1, entries 1, skipped 0"
    settings.CONFIRMATION_EVERY_DAYS = 30
    assert ask(at=YEAR + dt.timedelta(days=400)) == "mails 1, entries 1, skipped 0"


def test_link_confirms_once_without_an_account(owner, body):
    made = entry(organisation=body.pk)
    ask()
    [token] = LINK.findall(mail_to(owner).text)
    assert token not in str(list(Confirmation.objects.values()))
    shown = asked_by_link(token, "en", at=YEAR)
    assert (shown.entry.number, shown.used, shown.over) == (made.pk, False, False)
    confirm(token)
    assert Entry.objects.get(pk=made.pk).confirmed_on == YEAR.date()
    assert asked_by_link(token, "en", at=YEAR).used
    assert refusal(confirm, token) == "link_over"
    assert ask(at=YEAR + dt.timedelta(days=300)) == "mails 0, entries 0, skipped 0"


def test_link_ends(owner, body):
    made = entry(organisation=body.pk)
    ask()
    [token] = LINK.findall(mail_to(owner).text)
    late = YEAR + dt.timedelta(days=90)
    assert asked_by_link(token, "en", at=late).over
    assert refusal(confirm, token, at=late) == "link_over"
    confirm(token, at=late - dt.timedelta(seconds=1))
    assert Entry.objects.get(pk=made.pk).confirmed_on


@pytest.mark.parametrize("token", ["", "x", "é" * 9, "0" * 64])
def test_link_that_nobody_sent_does_nothing(token):
    assert asked_by_link(token, "en", at=YEAR) is None
    assert refusal(confirm, token) == "link_over"


def test_who_left_confirms_no_longer(owner, body):
    entry(organisation=body.pk)
    ask()
    [token] = LINK.findall(mail_to(owner).text)
    Membership.objects.filter(person=owner).delete()
    assert refusal(confirm, token) == "link_over"


def test_withdrawn_entry_is_not_confirmed(owner, body):
    made = entry(organisation=body.pk)
    ask()
    [token] = LINK.findall(mail_to(owner).text)
    withdraw_entry(number=made.pk, reason="Twice", by=None, at=YEAR)
    assert asked_by_link(token, "en", at=YEAR).over
    assert refusal(confirm, token) == "entry_not_public"


def test_erased_person_is_forgotten(owner, body):
    entry(organisation=body.pk)
    ask()
    erase_person(person=owner, by=owner, at=YEAR)
    assert not Confirmation.objects.exists()


def test_unclaimed_organisations_are_named_for_a_letter(owner, body):
    orphan = accounts.organisation("Orphan")
    unknown = accounts.organisation("Nobody", unknown=True)
    for owning in (orphan, orphan, unknown, body):
        entry(organisation=owning.pk)
    entry(organisation=accounts.organisation("Fresh").pk, at=YEAR)
    before = (YEAR - dt.timedelta(days=365)).date()
    found, total = unclaimed(before=before, limit=10)
    assert [(one.organisation.name, one.entries) for one in found] == [("Orphan", 2)]
    assert total == 1
    numbers = freshness(before=before)
    assert (numbers.entries, numbers.old, numbers.claimed, numbers.unclaimed) == (5, 4, 1, 3)


def test_confirmed_entry_is_not_old(owner, body):
    made = entry(organisation=body.pk)
    confirm_entry_correct(number=made.pk, by=owner, at=YEAR - dt.timedelta(days=10))
    assert ask() == "mails 0, entries 0, skipped 0"


def test_staff_ask_by_a_job(owner, body):
    entry(organisation=body.pk)
    moderator = accounts.person(Role.MODERATOR)
    for act in (asking.start_asking, asking.ask_confirmation):
        with pytest.raises(NotAllowed):
            act(by=owner, at=YEAR)
    asking.start_asking(by=moderator, at=YEAR)
    assert run_waiting(at_clock=lambda: YEAR) == 1
    assert Job.objects.get().state == "done"
    assert mail_to(owner)


def test_rows_of_old_links_are_removed(owner, body):
    entry(organisation=body.pk)
    ask()
    assert asking.forget_confirmations(before=YEAR) == 0
    assert asking.forget_confirmations(before=YEAR + dt.timedelta(days=1)) == 1


def test_command_asks(owner, body):
    entry(organisation=body.pk)
    run = ["entries", "ask-confirmation", "--at", "2027-06-01"]
    dry = CliRunner().invoke(cli, [*run, "--dry-run"])
    assert dry.output == "would send: mails 1, entries 1, skipped 0\n"
    assert not Message.objects.exists()
    young = CliRunner().invoke(cli, [*run, "--older-than", "9999"])
    assert young.output == "mails 0, entries 0, skipped 0\n"
    done = CliRunner().invoke(cli, run)
    assert (done.exit_code, done.output) == (0, "mails 1, entries 1, skipped 0\n")
    assert mail_to(owner)


def test_so_many_people_at_once_and_the_rest_the_next_time(body, owner):
    entry(organisation=body.pk)
    second = accounts.person()
    add_member(organisation=body, person=second, by=None, at=AT)
    assert ask(most=1) == "mails 1, entries 1, skipped 0"
    assert ask(most=1) == "mails 1, entries 1, skipped 1"
    assert ask(most=1) == "mails 0, entries 0, skipped 2"
    assert {mail.to for mail in Message.objects.all()} == {owner.email, second.email}


def test_the_longest_unconfirmed_stand_first(body, owner):
    young = entry(organisation=body.pk, registered_on=AT.date())
    old = entry(organisation=body.pk, registered_on=AT.date() - dt.timedelta(days=900))
    confirmed = entry(organisation=body.pk, registered_on=AT.date() - dt.timedelta(days=3000))
    confirm_entry_correct(number=confirmed.pk, by=None, at=AT - dt.timedelta(days=100))
    ask()
    rows = Confirmation.objects.order_by("pk").values_list("entry_id", flat=True)
    assert list(rows) == [old.pk, confirmed.pk, young.pk]
