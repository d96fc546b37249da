"""The queue as moderators look at it."""

import datetime as dt

import pytest
from tests.factories import accounts, calls
from tests.factories import entries as register
from tests.factories import intake as make

from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.states import ReplyState
from stocktaking.intake import operations
from stocktaking.intake.queries.queue import QueueAsk, neighbour, queue
from stocktaking.intake.states import EndorsementVerdict
from stocktaking.jobs.operations import run_waiting

pytestmark = pytest.mark.usefixtures("_framework")
AT, DAY = make.AT, make.DAY
NOW = AT + 10 * DAY


def numbers(person=None, **asked):
    return [row.number for row in queue(QueueAsk(**asked), person=person, at=NOW).rows]


def test_queue_shows_what_was_sent_oldest_first_and_never_a_draft():
    call = make.call()
    second = make.sent(call, at=AT + DAY, title="Second")
    first = make.sent(call, at=AT, title="First")
    calls.reply(call)
    found = queue(QueueAsk(), person=None, at=NOW)
    assert [row.title for row in found.rows] == ["First", "Second"]
    assert [row.days for row in found.rows] == [10, 9]
    assert found.counts[ReplyState.SUBMITTED] == found.total == 2
    assert numbers(sort="newest") == [second.number, first.number]


def test_counts_are_exact_by_state_whatever_state_is_looked_at():
    call = make.call()
    sent = [make.sent(call) for _ in range(4)]
    operations.accept(number=sent[0].number, by=None, at=NOW)
    operations.decline(number=sent[1].number, reason="Twin", by=None, at=NOW)
    found = queue(QueueAsk(state=ReplyState.ACCEPTED), person=None, at=NOW)
    assert found.total == 1
    assert found.counts == {
        ReplyState.SUBMITTED: 2,
        ReplyState.RETURNED: 0,
        ReplyState.ACCEPTED: 1,
        ReplyState.DECLINED: 1,
        ReplyState.WITHDRAWN: 0,
    }


def test_filters_find_what_they_name():
    one, two = make.call("one"), make.call("two")
    french = make.sent(one, language="fr", title="Réseau")
    kenyan = make.sent(one, at=AT + 5 * DAY, title="Dawn")
    sudanese = make.sent(
        two, owner={"name": "Nile council", "country": "SD", "type": "academia"}, title="Dusk"
    )
    assert numbers(call="one") == [french.number, kenyan.number]
    assert numbers(language="fr") == [french.number]
    assert numbers(country="SD") == [sudanese.number]
    assert numbers(region="region:ARB") == [sudanese.number]
    assert numbers(region="region:nowhere") == []
    assert numbers(older=6) == [french.number, sudanese.number]
    assert numbers(text="nile") == [sudanese.number]
    assert numbers(text="réseau") == [french.number]
    assert numbers(text=str(kenyan.number)) == [kenyan.number]
    assert numbers(occasion="update") == []


def test_assigned_to_me_to_somebody_and_to_nobody():
    me, other = make.moderator(), make.moderator()
    mine, theirs, free = (make.sent() for _ in range(3))
    operations.assign_reply(number=mine.number, to=me, by=None, at=NOW)
    operations.assign_reply(number=theirs.number, to=other, by=None, at=NOW)
    assert numbers(me, assigned="me") == [mine.number]
    assert numbers(me, assigned="nobody") == [free.number]
    assert numbers(me, assigned=str(other.pk)) == [theirs.number]
    assert numbers(None, assigned="me") == []


def test_findings_twins_and_endorsements_can_be_asked_for():
    make.check("summary-short", severity="error", condition=words_less_than(8))
    plain = make.sent(summary="Nine plain words that say what the network does.")
    short = make.sent(summary="A network run by villages.")
    assert numbers(finding="error") == numbers(finding="summary-short") == [short.number]
    assert numbers(finding="none") == [plain.number]
    assert numbers(finding="summary") == []
    entry = register.entry()
    twin = make.sent(title=titles(entry))
    run_waiting(at_clock=lambda: NOW)
    assert numbers(alike=True) == [twin.number]
    kenyan = accounts.person(Role.COORDINATOR, scope=("country", "KE"))
    operations.endorse_reply(
        number=twin.number, verdict=EndorsementVerdict.ENDORSED, by=kenyan, at=NOW
    )
    assert numbers(endorsed="endorsed") == [twin.number]
    assert numbers(endorsed="objected") == []
    assert numbers(endorsed="none") == [plain.number, short.number]


def words_less_than(count):
    return {"question": "summary", "words_less_than": count}


def titles(entry):
    return entry.texts.get(language="en").title


def test_sort_by_deadline_shows_the_call_that_closes_first():
    late = make.sent(make.call(closes_at=calls.CLOSES + 9 * DAY))
    soon = make.sent(make.call(), at=AT + DAY)
    assert numbers(sort="deadline") == [soon.number, late.number]


def test_row_says_what_helps_to_decide():
    make.check("summary-short", condition=words_less_than(100))
    reply = make.sent(title="شبكة", language="ar")
    operations.comment_on(
        number=reply.number, text="Where?", language="en", by=make.moderator(), at=NOW
    )
    [row] = queue(QueueAsk(), person=None, at=NOW).rows
    assert (row.title, row.language, row.direction) == ("شبكة", "ar", "rtl")
    assert (row.organisation, row.country) == ("Village council", "country KE")
    assert (row.warnings, row.errors, row.comments) == (1, 0, 1)
    assert 0 < row.completeness < 100


def test_queue_takes_five_queries_however_many_rows(django_assert_num_queries):
    call = make.call()
    for _ in range(6):
        make.sent(call)
    with django_assert_num_queries(5):
        queue(QueueAsk(), person=None, at=NOW)


def test_neighbour_is_the_next_in_the_same_list():
    call = make.call()
    first, second, third = (make.sent(call, at=AT + days * DAY) for days in range(3))
    ask = QueueAsk()
    assert neighbour(first.number, ask, person=None, at=NOW) == second.number
    assert neighbour(third.number, ask, person=None, at=NOW) is None
    operations.accept(number=second.number, by=None, at=NOW)
    assert neighbour(second.number, ask, person=None, at=NOW) == third.number
    newest, deadline = QueueAsk(sort="newest"), QueueAsk(sort="deadline")
    assert neighbour(second.number, newest, person=None, at=NOW) == first.number
    assert neighbour(first.number, newest, person=None, at=NOW) is None
    other = make.sent(make.call(closes_at=calls.CLOSES + DAY))
    assert neighbour(third.number, deadline, person=None, at=NOW) == other.number
    assert neighbour(0, ask, person=None, at=NOW) is None


def test_pages_do_not_overlap():
    call = make.call()
    sent = [make.sent(call, at=AT + dt.timedelta(minutes=n)).number for n in range(5)]
    pages = [
        [row.number for row in queue(QueueAsk(), person=None, at=NOW, page=n, size=2).rows]
        for n in (1, 2, 3, 4)
    ]
    assert pages == [sent[:2], sent[2:4], sent[4:], []]
