"""Who is asked by a call is asked again when a reply is sent."""

import threading

import pytest
from django.db import connection, transaction
from tests.factories import accounts
from tests.factories import calls as make

from stocktaking.accounts.operations import add_member, revise_person
from stocktaking.calls import operations
from stocktaking.calls.models import Recipient
from stocktaking.calls.rules.audience import Audience, GroupRule
from stocktaking.calls.states import ReplyState
from stocktaking.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db
AT = make.AT
KENYA = Audience(countries=frozenset({"KE"}))
SCHOOLS = Audience(stakeholders=frozenset({"academia"}))


def living_in(country, stakeholder=None):
    return move(accounts.person(), country, stakeholder)


def move(person, country, stakeholder=None):
    return revise_person(
        person=person,
        name=person.name,
        language=person.language,
        country=country,
        stakeholder=stakeholder,
        by=person,
        at=AT,
    )


def refusal(reply, by):
    with pytest.raises(RuleBroken) as caught:
        make.submit(reply, by)
    held = make.fresh(reply)
    assert held.state in (ReplyState.DRAFT, ReplyState.RETURNED)
    assert held.answer_set.answers["title"] == "Village network"
    return caught.value.code


def test_who_has_moved_away_since_is_not_asked_any_more():
    by = living_in("KE")
    reply = make.reply(make.call(audience=KENYA), by)
    move(by, "FR")
    assert refusal(reply, by) == "country_not_asked"
    move(by, None)
    assert refusal(reply, by) == "country_unknown"
    move(by, "KE")
    make.submit(reply, by)


def test_the_organisation_that_the_answers_name_is_judged():
    by = accounts.person()
    school = accounts.organisation("School", country="KE", type="academia")
    ministry = accounts.organisation("Ministry", country="KE", type="government")
    add_member(organisation=school, person=by, by=None, at=AT)
    reply = make.reply(make.call(audience=SCHOOLS), by, organisation=school)
    said = {"answers": {"owner": {"number": ministry.pk}}, "based_on": 2, "by": by, "at": AT}
    operations.save_reply(reply=reply, **said)
    assert refusal(reply, by) == "stakeholder_not_asked"
    named = {"name": "College", "country": "KE", "type": "academia"}
    said |= {"answers": {"owner": named}, "based_on": 3}
    operations.save_reply(reply=reply, **said)
    make.submit(reply, by)


def test_where_a_project_works_does_not_make_its_people_be_from_there():
    by = living_in("KE")
    reply = make.reply(make.call(audience=KENYA), by)
    move(by, None)
    reply.refresh_from_db()
    reply.country = "KE"  # as the answers once said
    reply.save()
    assert refusal(reply, by) == "country_unknown"


def test_who_takes_the_organisation_out_replies_for_nobody():
    by, body = accounts.person(), accounts.organisation("School")
    add_member(organisation=body, person=by, by=None, at=AT)
    reply = make.reply(make.call(audience=Audience(organisation=True)), by, organisation=body)
    operations.save_reply(reply=reply, answers={"owner": None}, based_on=2, by=by, at=AT)
    assert refusal(reply, by) == "organisation_needed"


def test_who_was_taken_off_the_list_is_invited_no_longer():
    by = accounts.person()
    call = make.call(audience=Audience(invited=True))
    stated = {"by": None, "at": AT}
    group = operations.create_group(slug="a", title={"en": "A"}, rule=GroupRule(), **stated)
    operations.save_recipients(group=group, text=by.email, **stated)
    values = make.letter_values(groups=(group.slug,))
    operations.draft_letter(call=call, values=values, **stated)
    reply = make.reply(call, by)
    Recipient.objects.all().delete()
    assert refusal(reply, by) == "not_invited"


def test_a_returned_reply_is_judged_again():
    by = living_in("KE")
    reply = make.sent(make.call(audience=KENYA), by)
    operations.return_reply(reply=reply, reason="More", by=None, at=AT)
    move(by, "FR")
    assert refusal(reply, by) == "country_not_asked"


@pytest.mark.django_db(transaction=True)
def test_who_moves_in_the_moment_of_sending_is_judged_by_where_they_live_then():
    by = living_in("KE")
    reply = make.reply(make.call(audience=KENYA), by)
    moving, moved = threading.Event(), threading.Event()

    def away():
        try:
            with transaction.atomic():
                move(by, "FR")
                moving.set()
                moved.wait(timeout=0.5)  # for as long as the sending may get ahead
        finally:
            connection.close()

    thread = threading.Thread(target=away)
    thread.start()
    assert moving.wait(timeout=30)
    assert refusal(reply, by) == "country_not_asked"
    moved.set()
    thread.join(timeout=30)
