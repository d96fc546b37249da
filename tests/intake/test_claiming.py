"""Claims: proved by an address, by a code on the website, or decided by people."""

import datetime as dt
import ipaddress

import pytest
from allauth.account.models import EmailAddress
from tests.factories import accounts
from tests.factories.entries import AT, entry

from stocktaking.accounts.models import Membership
from stocktaking.accounts.operations import add_member, merge_organisations
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.models import Entry
from stocktaking.history.models import HistoryRecord
from stocktaking.intake.models import Claim
from stocktaking.intake.operations import claiming, website_codes
from stocktaking.intake.queries.claims import claim_queue, claims_of, claims_to_decide
from stocktaking.intake.states import ClaimMethod, ClaimState
from stocktaking.jobs.models import Job
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.kernel.outgoing import Gate

pytestmark = pytest.mark.usefixtures("_framework")
OWNER, EDITOR = Membership.Standing.OWNER, Membership.Standing.EDITOR
LATER = AT + dt.timedelta(days=61)


@pytest.fixture
def body():
    return accounts.organisation(website="https://www.masts.example/about")


@pytest.fixture
def ada():
    return accounts.person(email="ada@masts.example")


@pytest.fixture
def stranger():
    return accounts.person(email="eve@gmail.com")


def claim(body, by, method=ClaimMethod.BY_HAND, statement="I lead it.", **more):
    stated = {"organisation": body.pk, "method": method, "statement": statement, "by": by}
    return claiming.open_claim(**{**stated, "at": AT, **more})


def refusal(act, *args, **more) -> str:
    with pytest.raises(RuleBroken) as caught:
        act(*args, **more)
    return caught.value.code


def standing(body, who):
    rows = Membership.objects.filter(organisation=body, person=who)
    return rows.values_list("standing", flat=True).first()


def verbs():
    return list(
        HistoryRecord.objects.filter(object_type="intake.claim").values_list("verb", flat=True)
    )


def test_own_domain_makes_an_owner_of_an_orphan_at_once(body, ada):
    made = claim(body, ada, ClaimMethod.MAIL_DOMAIN, "")
    assert (made.state, standing(body, ada)) == ("granted", "owner")
    assert verbs() == ["claim_opened", "claim_proved", "claim_granted"]
    assert refusal(claim, body, ada) == "claim_needless"


def test_only_confirmed_addresses_prove(body, ada, stranger):
    EmailAddress.objects.filter(user=ada).update(verified=False)
    for somebody in (ada, stranger):
        assert refusal(claim, body, somebody, ClaimMethod.MAIL_DOMAIN) == "domain_differs"
    assert standing(body, ada) is None
    assert not Claim.objects.exists()


def test_own_domain_waits_where_somebody_acts_for_it(body, ada):
    owner = accounts.person()
    add_member(organisation=body, person=owner, standing=OWNER, by=None, at=AT)
    made = claim(body, ada, ClaimMethod.MAIL_DOMAIN, "")
    assert (made.state, standing(body, ada)) == ("proved", None)
    [asked] = claims_to_decide(owner, "en")
    assert (asked.id, asked.person, asked.orphan) == (made.pk, ada, False)
    claiming.grant_claim(claim_id=made.pk, by=owner, at=AT)
    assert standing(body, ada) == "editor"
    assert claims_to_decide(owner, "en") == []


def test_staff_decide_by_hand(body, stranger):
    made = claim(body, stranger)
    moderator = accounts.person(Role.MODERATOR)
    granted = claiming.grant_claim(claim_id=made.pk, answer="Checked.", by=moderator, at=AT)
    assert (granted.answer, standing(body, stranger)) == ("Checked.", "owner")
    again = {"claim_id": made.pk, "by": moderator, "at": AT}
    assert refusal(claiming.grant_claim, **again) == "claim_decided"
    assert refusal(claiming.decline_claim, **again, answer="x") == "claim_decided"


def test_declined_claim_gives_a_reason(body, stranger):
    made = claim(body, stranger)
    moderator = accounts.person(Role.MODERATOR)
    act = {"claim_id": made.pk, "by": moderator, "at": AT}
    assert refusal(claiming.decline_claim, **act, answer=" ") == "answer_missing"
    claiming.decline_claim(**act, answer="Not ours to give.")
    assert standing(body, stranger) is None
    [view] = claims_of(stranger, "en")
    assert (view.state, view.answer, view.waits) == (
        ClaimState.DECLINED,
        "Not ours to give.",
        False,
    )
    claim(body, stranger)  # one may try again


def test_who_may_decide(body, stranger):
    owner, editor = accounts.person(), accounts.person()
    add_member(organisation=body, person=owner, standing=OWNER, by=None, at=AT)
    add_member(organisation=body, person=editor, standing=EDITOR, by=None, at=AT)
    made = claim(body, stranger)
    other = accounts.person(Role.ORGANISATION_EDITOR)
    for somebody in (stranger, editor, other, accounts.person(Role.OBSERVER), accounts.person()):
        for act, more in (
            (claiming.grant_claim, {}),
            (claiming.decline_claim, {"answer": "x"}),
        ):
            with pytest.raises(NotAllowed):
                act(claim_id=made.pk, by=somebody, at=AT, **more)
    claiming.grant_claim(claim_id=made.pk, by=owner, at=AT)


def test_staff_do_not_decide_their_own_claim(body):
    moderator = accounts.person(Role.MODERATOR)
    made = claim(body, moderator)
    with pytest.raises(NotAllowed):
        claiming.grant_claim(claim_id=made.pk, by=moderator, at=AT)


def test_claim_is_one_row_however_often_it_is_made(body, ada):
    first = claim(body, ada)
    second = claim(body, ada, ClaimMethod.WEBSITE_CODE, "Changed my mind.")
    assert first.pk == second.pk
    assert second.code.startswith("stocktaking-")
    third = claim(body, ada, ClaimMethod.WEBSITE_CODE)
    assert third.code == second.code
    assert Claim.objects.count() == 1


def test_what_cannot_be_claimed(body, ada):
    unknown = accounts.organisation(unknown=True)
    merged = accounts.organisation()
    merge_organisations(kept=body.pk, merged=merged.pk, by=None, at=AT)
    for wrong in (unknown, merged):
        assert refusal(claim, wrong, ada) == "claim_impossible"
    nowhere = accounts.organisation()
    assert refusal(claim, nowhere, ada, ClaimMethod.MAIL_DOMAIN) == "website_missing"
    assert refusal(claim, nowhere, ada, ClaimMethod.WEBSITE_CODE) == "website_missing"
    assert refusal(claim, nowhere, ada, statement=" ") == "statement_missing"
    assert refusal(claim, nowhere, ada, statement="x" * 5001) == "text_long"


def test_claim_names_the_entry_it_was_made_on(body, ada):
    ours, others = entry(organisation=body.pk), entry()
    assert claim(body, ada, entry=ours.pk).entry == ours
    assert claim(body, ada, entry=others.pk).entry == ours


def test_unanswered_claim_ends(body, ada, stranger):
    claim(body, stranger)
    add_member(organisation=body, person=accounts.person(), by=None, at=AT)
    proved = claim(body, ada, ClaimMethod.MAIL_DOMAIN)
    assert claiming.expire_claims(at=AT + dt.timedelta(days=59)) == 0
    assert claiming.expire_claims(at=LATER) == 1
    assert claiming.expire_claims(at=LATER) == 0
    assert [view.id for view in claim_queue("en")[0]] == [proved.pk]
    assert [view.state for view in claim_queue("en", waiting=False)[0]] == [ClaimState.EXPIRED]


def test_entry_without_an_owner_goes_to_the_organisation_that_claims_it(ada):
    body, unknown = accounts.organisation(), accounts.organisation(unknown=True)
    add_member(organisation=body, person=ada, by=None, at=AT)
    owned, lost = entry(organisation=body.pk), entry(organisation=unknown.pk)
    act = {"organisation": body.pk, "statement": "We run it.", "by": ada, "at": AT}
    assert refusal(claiming.claim_entry, number=owned.pk, **act) == "claim_not_transfer"
    assert refusal(claiming.claim_entry, number=999, **act) == "entry_not_public"
    other = {**act, "organisation": accounts.organisation().pk}
    assert refusal(claiming.claim_entry, number=lost.pk, **other) == "claim_impossible"
    silent = {**act, "statement": ""}
    assert refusal(claiming.claim_entry, number=lost.pk, **silent) == "statement_missing"
    made = claiming.claim_entry(number=lost.pk, **act)
    assert claiming.claim_entry(number=lost.pk, **act).pk == made.pk
    with pytest.raises(NotAllowed):
        claiming.grant_claim(claim_id=made.pk, by=ada, at=AT)
    claiming.grant_claim(claim_id=made.pk, by=accounts.person(Role.MODERATOR), at=AT)
    assert Entry.objects.get(pk=lost.pk).organisation == body


@pytest.fixture
def coded(website, ada):
    """A claim by code on a website that the test fills."""
    address = f"http://masts.example:{website.server_port}/home"
    body = accounts.organisation(website=address)
    return body, claim(body, ada, ClaimMethod.WEBSITE_CODE, "")


def look(made, website):
    """Read the website through a gate that is told of the test's own server."""
    gate = Gate(
        ports=frozenset({80, 443, website.server_port}),
        also=(ipaddress.ip_network("127.0.0.0/8"),),
        resolver=lambda host, port: ["127.0.0.1" if host.endswith(".example") else host],
        seconds=5,
    )
    return website_codes.look_for_code(claim_id=made.pk, at=AT, gate=gate)


def test_code_in_the_file_proves(coded, website, ada):
    body, made = coded
    website.pages["/.well-known/stocktaking.txt"] = made.code
    assert look(made, website).state == "granted"
    assert standing(body, ada) == "owner"
    assert website.asked == ["/.well-known/stocktaking.txt"]
    assert look(made, website) is None


def test_code_in_the_head_proves(coded, website, ada):
    _, made = coded
    website.pages["/home"] = f'<head><meta name="stocktaking-claim" content="{made.code}"></head>'
    assert look(made, website).state == "granted"


@pytest.mark.parametrize(
    ("pages", "finding"),
    [
        ({}, "code_not_found"),
        ({"/home": "<body>{code}</body>"}, "code_not_found"),
        ({"/.well-known/stocktaking.txt": "stocktaking-other"}, "code_not_found"),
        ({"/home": "-> http://other.example:{port}/x", "/x": "<head>{tag}"}, "led_elsewhere"),
        ({"/home": "-> http://10.0.0.1/"}, "address_not_public"),
        ({"/home": "-> http://masts.example:22/"}, "port_not_allowed"),
        ({"/home": "-> /home"}, "too_many_redirects"),
    ],
)
def test_code_that_is_not_there_proves_nothing(coded, website, ada, pages, finding):
    body, made = coded
    tag = f'<meta name="stocktaking-claim" content="{made.code}">'
    for path, text in pages.items():
        filled = text.replace("{code}", made.code).replace("{tag}", tag)
        website.pages[path] = filled.replace("{port}", str(website.server_port))
    found = look(made, website)
    assert (found.state, found.checked_at, found.finding) == ("open", AT, finding)
    assert standing(body, ada) is None


def test_inner_network_is_not_read(website, ada):
    body = accounts.organisation(website=f"http://127.0.0.1:{website.server_port}/")
    assert refusal(claim, body, ada, ClaimMethod.WEBSITE_CODE) == "website_missing"
    inner = accounts.organisation(website="http://inner.example/")
    made = claim(inner, ada, ClaimMethod.WEBSITE_CODE)
    gate = Gate(resolver=lambda host, port: ["10.0.0.1"])
    found = website_codes.look_for_code(claim_id=made.pk, at=AT, gate=gate)
    assert found.finding == "address_not_public"


def test_job_is_asked_for_by_the_claimant_alone(coded, ada, stranger, body):
    _, made = coded
    with pytest.raises(NotAllowed):
        website_codes.ask_for_look(claim_id=made.pk, by=stranger, at=AT)
    website_codes.ask_for_look(claim_id=made.pk, by=ada, at=AT)
    assert Job.objects.get().arguments == {"claim": made.pk}
    by_hand = claim(body, stranger)
    ask = {"claim_id": by_hand.pk, "by": stranger, "at": AT}
    assert refusal(website_codes.ask_for_look, **ask) == "method_by_code"
