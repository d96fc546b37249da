"""What people agree to: nothing until they say so, and every word of it on record."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.accounts import AT, person

from stocktaking.accounts import operations, queries
from stocktaking.accounts.models import Consent
from stocktaking.accounts.rules import consents as rules
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.signals import consent_changed
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.outbox.models import Suppression
from stocktaking.outbox.operations import suppress_address
from stocktaking.outbox.states import Category, SuppressionReason

pytestmark = pytest.mark.django_db


def say(who, *, language="en", how="page", by="self", **given):
    return operations.set_consents(
        person=who,
        given={Purpose(name): value for name, value in given.items()},
        language=language,
        how=how,
        by=who if by == "self" else by,
        at=AT,
    )


def test_nobody_agrees_to_anything_before_saying_so():
    ada = person()
    assert [view.given for view in queries.consents(ada)] == [False] * len(Purpose)
    assert all(view.since is None for view in queries.consents(ada))
    for purpose in Purpose:
        assert queries.has_consent([ada.pk], purpose) == frozenset()


def test_words_that_were_agreed_to_are_kept_in_their_language():
    ada = person()
    [row] = say(ada, language="en", calls=True)
    assert (row.text, row.language, row.version, row.how, row.at) == (
        str(queries.CONSENT_TEXTS[Purpose.CALLS]),
        "en",
        1,
        "page",
        AT,
    )


def test_rows_are_added_where_something_changed_and_never_rewritten():
    ada = person()
    say(ada, calls=True, contact=False)
    say(ada, calls=True)
    say(ada, calls=False, reminders=True)
    said = [(row.purpose, row.given) for row in Consent.objects.order_by("id")]
    assert said == [("calls", True), ("calls", False), ("reminders", True)]
    verbs = HistoryRecord.objects.filter(verb__startswith="consent_").values_list("verb", "detail")
    assert list(verbs) == [
        ("consent_given", {"purpose": "calls"}),
        ("consent_taken_back", {"purpose": "calls"}),
        ("consent_given", {"purpose": "reminders"}),
    ]


def test_link_in_a_mail_takes_back_and_never_agrees():
    ada = person()
    say(ada, calls=True)
    with pytest.raises(RuleBroken) as refused:
        say(ada, by=None, how="mail", contact=True)
    assert refused.value.code == "consent_own"
    say(ada, by=None, how="mail", calls=False)
    assert queries.has_consent([ada.pk], Purpose.CALLS) == frozenset()
    assert Consent.objects.last().how == "mail"


def test_link_that_stops_news_takes_back_and_agreeing_again_lets_it_through():
    ada, bob = person(email="ada@example.org"), person()
    for who in (ada, bob):
        say(who, calls=True, contact=True, reminders=True)
    told = {"address": "ADA@example.org", "by": None, "at": AT}
    suppress_address(category=Category.PROCESS, reason=SuppressionReason.UNSUBSCRIBED, **told)
    assert queries.has_consent([ada.pk], Purpose.CALLS)
    suppress_address(category=Category.NEWS, reason=SuppressionReason.UNSUBSCRIBED, **told)
    assert [view.given for view in queries.consents(ada)] == [False, True, False]
    assert Consent.objects.filter(how="mail").count() == 2
    assert queries.has_consent([bob.pk], Purpose.CALLS)
    say(ada, calls=True)
    assert [row.category for row in Suppression.objects.all()] == [Category.PROCESS]


@pytest.mark.parametrize("reason", [SuppressionReason.BOUNCED, SuppressionReason.COMPLAINT])
def test_agreeing_does_not_release_what_others_stopped(reason):
    ada = person(email="ada@example.org")
    told = {"address": ada.email, "reason": reason, "by": None, "at": AT}
    suppress_address(category=Category.NEWS, **told)
    say(ada, calls=True)
    assert Suppression.objects.exists()


def test_nobody_agrees_for_somebody_else():
    ada = person()
    for by in (person(), person(Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            say(ada, by=by, calls=True)


def test_meaning_that_was_widened_is_asked_for_again(monkeypatch):
    ada = person()
    say(ada, calls=True)
    monkeypatch.setitem(rules.VERSIONS, Purpose.CALLS, 2)
    assert queries.has_consent([ada.pk], Purpose.CALLS) == frozenset()
    assert not queries.consents(ada)[0].given
    say(ada, calls=True)
    assert queries.has_consent([ada.pk], Purpose.CALLS) == {ada.pk}


def test_what_changed_is_told_to_apps_above():
    heard = []

    def hear(sender, **told):
        heard.append((told["person"], told["purpose"], told["given"]))

    ada = person()
    consent_changed.connect(hear)
    try:
        say(ada, calls=True)
    finally:
        consent_changed.disconnect(hear)
    assert heard == [(ada, Purpose.CALLS, True)]


WORDS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(Purpose)), st.booleans()))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=WORDS)
def test_the_last_word_of_each_person_holds(db, said):
    people = [person() for _ in range(3)]
    last: dict[tuple[int, Purpose], bool] = {}
    for who, purpose, yes in said:
        say(people[who], **{purpose.value: yes})
        last[who, purpose] = yes
    ids = [one.pk for one in people]
    for purpose in Purpose:
        expected = {ids[who] for (who, what), yes in last.items() if what is purpose and yes}
        assert queries.has_consent(ids, purpose) == expected
        everybody = set(queries.consenting(purpose).values_list("person_id", flat=True))
        assert everybody & set(ids) == expected


def test_consent_of_many_needs_few_queries(django_assert_num_queries):
    ada = person()
    say(ada, calls=True)
    with django_assert_num_queries(3):
        assert queries.has_consent(range(ada.pk, ada.pk + 1200), Purpose.CALLS) == {ada.pk}


def test_consent_goes_with_the_account():
    ada = person()
    say(ada, calls=True)
    exported = operations.export_person(person=ada, by=ada, at=AT)["consents"]
    assert [(said["purpose"], said["given"]) for said in exported] == [("calls", True)]
    operations.erase_person(person=ada, by=ada, at=AT)
    assert not Consent.objects.exists()


def test_sign_up_page_asks_for_no_consent():
    page = Client().get("/en/account/sign-up/").content.decode()
    assert "checked" not in page
    assert 'name="purpose"' not in page
