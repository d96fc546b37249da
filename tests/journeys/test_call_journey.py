"""A call from its first question to the second year, without a script.

Everybody only follows links and sends forms that are on the page. Times are the database's: only
the end of the call is moved, as if the hour had come.
"""

import datetime as dt
import re
import time
import urllib.parse

import pytest
from tests.factories import accounts
from tests.journeys.call_visitor import Visitor

from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.models import Call, Reply, ReplySnapshot
from stocktaking.entries.models import Entry
from stocktaking.jobs.operations import run_waiting
from stocktaking.kernel import clock
from stocktaking.search import operations as search

pytest_plugins = ["tests.web.conftest"]

SLUG, CALL = "island-clinics", "Clinics on islands: tell us"
TITLE = "ألواح رقمية لعيادات الجزر البعيدة"
SUMMARY = "تسأل الممرضات في الجزر الأطباء على البر عبر الألواح الرقمية كل يوم."
BETTER = "تسأل الممرضات الأطباء عبر الألواح، فيُعالَج المرضى دون سفر."
ISLANDS = "تشارك سبع جزر في هذا العمل."
NOUR, SALMA = "nour@example.org", "salma@example.org"
LAST = dt.timedelta(seconds=3)


@pytest.fixture
def mailbox(register, settings) -> None:
    """As in the demonstration: everybody reads their mail on a page."""
    settings.DEMO = True


# -- the organiser -----------------------------------------------------------------------------


def build_questionnaire(desk: Visitor) -> None:
    desk.open("/en/staff/")
    desk.follow("Questionnaires")
    desk.follow("New questionnaire")
    desk.press("Create the questionnaire", {"title": ["Clinics on islands"], "slug": [SLUG]})
    for title in ("The project", "Lessons", "Goals"):
        desk.press("Add the section", {"title": [title]})
    add_question(desk, "The project", "Its name", "Short text", becomes="Title")
    add_question(
        desk, "The project", "What it does", "Long text", becomes="Summary", more="set-min_words:5"
    )
    options = "options-0-label-en:Yes options-1-label-en:No"
    add_question(desk, "The project", "Does it run?", "One of several options", more=options)
    add_question(desk, "The project", "Since when?", "Date", becomes="Start", runs="Yes")
    add_question(desk, "Lessons", "What was learned?", "Long text")
    desk.follow("Lessons")
    desk.press("Save", only_when_it_runs("No"))
    desk.follow("Clinics on islands")
    add_question(
        desk,
        "Goals",
        "Goals that it serves",
        "Terms of a scheme",
        becomes="Goal",
        more="set-scheme:Goal",
    )
    desk.reads("Shown when: Does it run? is Yes", "Shown when: Does it run? is No")
    desk.follow(to="/problems/")
    desk.reads("Every question can be reached and answered")


def add_question(
    desk: Visitor,
    section: str,
    label: str,
    kind: str,
    *,
    becomes: str = "",
    more: str = "",
    runs: str = "",
) -> None:
    desk.follow(f"Add a question to “{section}”")
    desk.press("Add the question", {"label": [label], "kind": [kind]})
    fields = {name: [value] for name, value in (one.split(":") for one in more.split())}
    fields |= only_when_it_runs(runs) if runs else {}
    fields |= {"binds_to": [becomes]} if becomes else {}
    desk.press("Save and go back to the questions", fields | {"required": ["yes"]})


def only_when_it_runs(answer: str) -> dict[str, list[str]]:
    return {
        "shown_when-combine": ["When all of these hold"],
        "shown_when-rows-0-subject": ["Does it run?"],
        "shown_when-rows-0-comparison": ["is"],
        "shown_when-rows-0-value": [answer],
    }


def open_call(desk: Visitor) -> None:
    desk.follow("Calls", to="/staff/")
    desk.follow("New call")
    said = {"slug": [SLUG], "title-en": [CALL], "summary-en": ["Tell us how clinics use the net."]}
    desk.press(
        "Draw up the call",
        said
        | window()
        | {"kind": ["Entries of the register"], "questionnaire": ["Clinics on islands"]},
    )
    desk.follow("Publish the call")
    desk.press("Publish the call")
    desk.reads("The call is published.")


def window() -> dict[str, list[str]]:
    today = clock.now().date()
    return {
        f"{name}_{part}": [str(getattr(today + dt.timedelta(days=days), part))]
        for name, days in (("opens_at", -1), ("closes_at", 30))
        for part in ("year", "month", "day")
    }


def send_letter(desk: Visitor) -> None:
    letters = desk.address
    desk.follow("Groups of recipients")
    desk.follow("New group")
    desk.press("Create the group", {"slug": [SLUG], "title-en": ["Clinics"]})
    desk.press("Add them", {"lines": [f"نور <{NOUR}>"], "language": ["العربية"]})
    desk.reads("1 person on the list")
    desk.open(letters)
    desk.follow("New letter")
    written = {
        "subject-ar": ["حدثونا عن عيادتكم"],
        "body-ar": ["تحية طيبة {name}،\n\nأجيبوا حتى {deadline}: {link}"],
        "groups": [SLUG],
    }
    desk.press("Save", written)
    desk.follow("Send …")
    desk.reads("1 person gets it")
    desk.press("Send the letter")
    run_waiting(at_clock=clock.now)


# -- the authors -------------------------------------------------------------------------------


def follow_mail(reader: Visitor, address: str, to: str) -> None:
    """Open the newest mail in the mailbox, and click the link with ``to`` in it."""
    reader.open(f"/en/mailbox/?{urllib.parse.urlencode({'address': address})}")
    reader.follow(to="/en/mailbox/")
    link = next(one for one in reader.page.links() if to in one)
    reader.open(urllib.parse.urlsplit(link).path)


def mailed_code(address: str) -> str:
    reader = Visitor()
    reader.open(f"/en/mailbox/?{urllib.parse.urlencode({'address': address})}")
    reader.follow(to="/en/mailbox/")
    return re.findall(r"\b\d{8}\b", reader.page.text)[-1]


def make_account(reader: Visitor, name: str, email: str) -> None:
    """From the page that asks to sign in, to where one wanted to go; one code proves all."""
    reader.follow(to="/account/sign-up/")
    reader.press(act="1", fields={"name": [name], "email": [email]})
    reader.press(fields={"guard-code": [mailed_code(email)]})


def write_reply(author: Visitor) -> str:
    """In Arabic, from the page of the call; the address of the overview."""
    author.press(act="new", fields={"language": ["ar"]})
    address = author.address
    author.follow(to="/the-project/")
    said = {"q-its-name": [TITLE], "q-what-it-does": [SUMMARY], "q-does-it-run": ["option-1"]}
    author.press(act="next", fields=said)
    # it runs: the same section again, with the question that this brings
    assert author.page.path.endswith("/the-project/")
    author.press(act="next", fields={"q-since-when.year": ["2024"]})
    # nothing was learned yet, for it runs: that section is left out
    assert author.page.path.endswith("/goals/")
    author.press(act="next", fields={"q-goals-that-it-serves": ["3"]})
    assert author.page.path.endswith("/check/")
    return address


def invite(author: Visitor, address: str, email: str) -> None:
    author.open(address)
    author.follow(to="/authors/")
    author.press(fields={"email": [email]})
    author.reads(email)


def join_and_edit(second: Visitor, email: str) -> None:
    """The co-author comes by mail, makes an account, and betters the summary."""
    follow_mail(second, email, "/replies/join/")
    second.follow("English")  # the mail speaks the language of who invited
    make_account(second, "Salma", email)
    second.press("Write with them")
    second.reads(TITLE)
    second.follow("The project")
    second.press("Save", {"q-what-it-does": [BETTER]})


def copy_and_check(second: Visitor) -> None:
    """A second reply with the same text, as far as the button that sends it."""
    second.follow(to="/replies/")
    second.follow(TITLE)
    second.follow("Use the text again")
    second.press("Begin with this text")
    second.follow("Check and send")


def send_in_the_last_second(author: Visitor, late: Visitor, address: str) -> None:
    """One is sent while the call is open, and just so; the other when it has closed."""
    author.open(address)
    author.follow(to="/check/")
    author.reads(BETTER)
    # a machine may be held up for longer than that: the verdict is true all the same
    for _ in range(5):
        end = close_call(LAST)
        author.press()
        if author.page.path.endswith("/sent/"):
            break
        close_call(dt.timedelta(minutes=5))
        author.open(f"{address}check/")
    sent = ReplySnapshot.objects.get()
    assert end - LAST <= sent.at < end
    while clock.now() < end:
        time.sleep(0.1)
    late.press("Send the reply")
    late.reads("The call has closed", BETTER)  # nothing typed is lost
    assert ReplySnapshot.objects.get() == sent


def close_call(left: dt.timedelta) -> dt.datetime:
    """The end of the call is near; nobody has touched a clock."""
    end = clock.now() + left
    Call.objects.filter(slug=SLUG).update(closes_at=end)
    return end


# -- the moderator, the public, and the second year ----------------------------------------------


def return_with_comment(moderator: Visitor) -> None:
    moderator.open("/en/staff/")
    moderator.follow("Queue")
    moderator.follow(TITLE)
    comment = "comment-what-it-does"
    said = {comment: ["Say how many islands."], "reason": ["One thing is missing."]}
    moderator.press("Return to its authors", said)
    moderator.reads("is returned to its authors.")


def answer_comment(author: Visitor, email: str) -> None:
    """The author comes by mail, finds the comment at its field, and sends again."""
    follow_mail(author, email, "/replies/")
    author.reads("One thing is missing.", "Say how many islands.")
    author.follow(to="/the-project/")
    author.reads("Say how many islands.")
    author.press(act="next", fields={"q-what-it-does": [f"{BETTER} {ISLANDS}"]})
    author.press(act="next")
    author.press()
    assert author.page.path.endswith("/sent/")


def accept(moderator: Visitor) -> None:
    moderator.follow("Queue")
    moderator.follow(TITLE)
    moderator.reads(ISLANDS)
    moderator.press("Accept and publish")
    moderator.reads("is accepted.")


def find_entry(anybody: Visitor) -> None:
    address = f"/ar/entries/?{urllib.parse.urlencode({'q': 'سبع جزر الألواح'})}"
    for _ in range(300):  # the index waits for every older transaction of the cluster
        search.catch_up()
        anybody.open(address)
        if TITLE in anybody.page.text:
            break
        time.sleep(0.2)
    anybody.follow(TITLE)
    anybody.reads(TITLE, ISLANDS)


def open_next_call(desk: Visitor) -> None:
    """A copy of the call; its window is drawn near, as if the year had passed."""
    desk.follow("Calls", to="/staff/")
    desk.follow(CALL)
    desk.follow("Draw up next year’s call from this one")
    desk.press("Draw up the call", {"slug": [f"{SLUG}-again"]})
    desk.press("Save", {"title-en": [f"{CALL}, again"]} | window())
    desk.follow("Publish the call")
    desk.press("Publish the call")
    desk.reads("The call is published.")


def confirm(author: Visitor) -> None:
    author.follow(to="/ar/calls/")
    author.follow(f"{CALL}, again")
    author.follow(to="/entries/")
    author.press(act=str(Entry.objects.get().number))
    entry = Entry.objects.get()
    reply = Reply.objects.get(call__slug=f"{SLUG}-again")
    assert (reply.entry, reply.occasion, reply.state) == (entry, "confirm", "accepted")
    assert entry.confirmed_on == clock.now().date()


def test_call_is_answered_by_two_and_confirmed_a_year_later(mailbox) -> None:
    desk = Visitor(accounts.browser(accounts.person(Role.ORGANISER)))
    build_questionnaire(desk)
    open_call(desk)
    send_letter(desk)

    author, second = Visitor(), Visitor()
    follow_mail(author, NOUR, f"/calls/{SLUG}/")
    author.follow(to="/reply/")
    make_account(author, "نور", NOUR)
    address = write_reply(author)
    invite(author, address, SALMA)
    join_and_edit(second, SALMA)
    copy_and_check(second)
    send_in_the_last_second(author, second, address)

    moderator = Visitor(accounts.browser(accounts.person(Role.MODERATOR)))
    return_with_comment(moderator)
    answer_comment(author, NOUR)
    accept(moderator)
    find_entry(Visitor())
    open_next_call(desk)
    confirm(author)
