"""Forms of visitors: proof of work, the way by mail, the trap."""

import datetime as dt
import re
import uuid
from urllib.parse import parse_qsl

import pytest
from django import forms
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_http_methods
from tests.factories import accounts
from tests.factories.guards import proved

from stocktaking.accounts.rules.roles import Capability
from stocktaking.config.urls import urlpatterns as site
from stocktaking.guards.models import SpentProof
from stocktaking.guards.operations import ask_proof
from stocktaking.guards.rules.proof import solve
from stocktaking.history.operations import once
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.models import Message
from stocktaking.web.access import allow, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.base import Part
from stocktaking.web.guard import Guarded

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
DONE: list[str] = []
PAGE = """<form method="post">{% csrf_token %}{% include "kernel/error_summary.html" %}
{{ form.words }}<input name="idempotency_key" value="{{ key }}">
{% include "web/guard.html" with guard=form.guard %}<button>Go</button></form>"""


class WordsForm(Guarded, Part):
    guard_name = "words"
    words = forms.CharField(max_length=30)


class OtherForm(WordsForm):
    guard_name = "other"


def view(request, kind):
    form = {"words": WordsForm, "other": OtherForm}[kind](request.POST or None, request=request)
    if form.is_bound and form.is_valid():
        words, key = form.cleaned_data["words"], request.POST["idempotency_key"]
        try:
            if words == "refuse me":
                raise RuleBroken("no", "The operation refused.", field="words")
            at, actor = arrived_at(request), person_of(request)
            with once(key=key, actor=actor, scope=kind, fingerprint=words, at=at) as claim:
                if not claim.replayed:
                    DONE.append(words)
                    claim.keep({"done": words})
        except RuleBroken as error:
            form.add_rule(error)
        else:
            return HttpResponse("done")
    context = {"form": form, "key": request.POST.get("idempotency_key") or uuid.uuid4().hex}
    page = engines["django"].from_string(PAGE).render(context, request)
    return HttpResponse(page, status=422 if form.errors else 200)


both = require_http_methods(["GET", "POST"])(allow(Capability.READ)(view))
urlpatterns = [
    path("form/<str:kind>/", both),
    *site,
]


@pytest.fixture(autouse=True)
def _fresh(settings):
    settings.PROOF_COST = 40
    DONE.clear()


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def send(browser: Client, page: HttpResponse, to: str = "words", **typed: str) -> HttpResponse:
    return browser.post(f"/form/{to}/", {**proved(page), "words": "hello", **typed})


def fields(page: HttpResponse) -> dict[str, str]:
    """The fields of the form as they stand in the page."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.content.decode()):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found


def told(page: HttpResponse) -> str:
    return re.sub(r"<[^>]*>|\s+", " ", page.content.decode())


def test_form_with_a_proof_is_accepted(browser):
    assert send(browser, browser.get("/form/words/")).content == b"done"
    assert DONE == ["hello"]


def test_form_without_a_proof_is_refused_and_shows_the_way_by_mail(browser):
    page = browser.get("/form/words/")
    refused = browser.post("/form/words/", {**fields(page), "words": "hello"})
    assert refused.status_code == 422
    assert "Ask for a code by mail instead." in told(refused)
    assert re.search(r"<details[^>]* open>", refused.content.decode())
    assert fields(refused)["words"] == "hello"
    assert DONE == []


def test_same_request_again_gets_the_same_answer_and_has_one_effect(browser):
    sent = {**proved(browser.get("/form/words/")), "words": "hello"}
    answers = {browser.post("/form/words/", sent).content for _ in range(3)}
    assert answers == {b"done"}
    assert DONE == ["hello"]


@pytest.mark.parametrize("changed", [{"words": "other"}, {"idempotency_key": "another"}])
def test_proof_is_not_taken_a_second_time(browser, changed):
    sent = {**proved(browser.get("/form/words/")), "words": "hello"}
    browser.post("/form/words/", sent)
    again = browser.post("/form/words/", {**sent, **changed})
    assert again.status_code == 422
    assert "sent already" in told(again)
    assert DONE == ["hello"]
    # what is shown then asks for new work, and takes it
    assert send(browser, again, words="second", idempotency_key="new").content == b"done"


def test_replay_without_a_key_is_refused(browser):
    sent = {**proved(browser.get("/form/words/")), "words": "refuse me", "idempotency_key": ""}
    assert browser.post("/form/words/", sent).status_code == 422
    assert "sent already" in told(browser.post("/form/words/", sent))


def test_proof_of_another_form_or_browser_is_refused(browser):
    page = browser.get("/form/words/")
    assert send(browser, page, to="other").status_code == 422
    stranger = Client(enforce_csrf_checks=True)
    theirs = fields(stranger.get("/form/words/"))
    stolen = {**proved(page), "csrfmiddlewaretoken": theirs["csrfmiddlewaretoken"]}
    assert stranger.post("/form/words/", {**stolen, "words": "hello"}).status_code == 422
    assert DONE == []
    assert send(browser, page).content == b"done"


def test_form_with_a_fault_spends_nothing(browser):
    page = browser.get("/form/words/")
    refused = send(browser, page, words="")
    assert refused.status_code == 422
    assert not SpentProof.objects.exists()
    kept = fields(refused)
    assert kept["guard-proof"] == fields(page)["guard-proof"]
    assert kept["guard-number"]
    assert b"proof.js" not in refused.content
    assert browser.post("/form/words/", {**kept, "words": "better"}).content == b"done"


def test_second_try_after_an_operation_refused_needs_no_work(browser):
    refused = send(browser, browser.get("/form/words/"), words="refuse me")
    assert refused.status_code == 422
    kept = fields(refused)
    assert kept["guard-number"] == "0"
    assert browser.post("/form/words/", {**kept, "words": "better"}).content == b"done"
    again = browser.post("/form/words/", {**kept, "words": "third", "idempotency_key": "3"})
    assert again.status_code == 422


def test_trap_catches_who_fills_in_everything(browser):
    page = browser.get("/form/words/")
    caught = send(browser, page, **{"guard-website": "https://spam.example"})
    assert caught.status_code == 422
    assert "taken for one that a machine sent" in told(caught)
    assert fields(caught)["guard-website"] == ""
    assert send(browser, caught).content == b"done"  # a person whose browser filled it in


def test_trap_is_out_of_the_way_of_people(browser):
    page = browser.get("/form/words/").content.decode()
    trap = re.search(r'<div class="hide" aria-hidden="true">.*?</div>', page)[0]
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap


def test_whoever_is_signed_in_proves_nothing():
    browser = accounts.browser(accounts.person())
    page = browser.get("/form/words/")
    assert b"guard-" not in page.content
    sent = {"words": "hello", "idempotency_key": "k"}
    assert browser.post("/form/words/", sent).content == b"done"


def by_mail(browser: Client, page: HttpResponse, address: str = "ada@example.org") -> HttpResponse:
    asked = {**fields(page), "words": "hello", "guard-email": address, "guard-send": "1"}
    return browser.post("/form/words/", asked)


def mailed() -> str:
    return re.search(r"\d{8}", Message.objects.latest("queued_at").text)[0]


def test_code_by_mail_stands_in_for_the_proof(browser):
    page = by_mail(browser, browser.get("/form/words/"))
    assert page.status_code == 200
    assert "We have sent a code to ada@example.org." in told(page)
    assert "thing to correct" not in told(page)
    kept = fields(page)
    assert (kept["words"], kept["guard-email"]) == ("hello", "ada@example.org")
    message = Message.objects.get()
    assert (message.to, message.kind) == ("ada@example.org", "web.guard_code")
    # Enter in the field of the code presses the first button, which asks for another code
    sent = {**kept, "guard-code": mailed(), "guard-send": "1"}
    assert browser.post("/form/words/", sent).content == b"done"
    assert DONE == ["hello"]
    assert Message.objects.count() == 1


def test_code_serves_once(browser):
    kept = fields(by_mail(browser, browser.get("/form/words/")))
    sent = {**kept, "guard-code": mailed()}
    browser.post("/form/words/", sent)
    assert "sent already" in told(browser.post("/form/words/", {**sent, "words": "other"}))


def test_wrong_code_is_told_and_may_be_corrected(browser):
    kept = fields(by_mail(browser, browser.get("/form/words/")))
    refused = browser.post("/form/words/", {**kept, "guard-code": "00000000"})
    assert refused.status_code == 422
    assert "not the one in the mail" in told(refused)
    again = {**fields(refused), "guard-code": mailed()}
    assert browser.post("/form/words/", again).content == b"done"


def test_code_for_another_address_is_wrong(browser):
    kept = fields(by_mail(browser, browser.get("/form/words/")))
    sent = {**kept, "guard-email": "bo@example.org", "guard-code": mailed()}
    assert browser.post("/form/words/", sent).status_code == 422


@pytest.mark.parametrize("address", ["", "nonsense", "a@b"])
def test_code_needs_an_address(browser, address):
    page = by_mail(browser, browser.get("/form/words/"), address)
    assert 'class="error"' in page.content.decode()
    assert not Message.objects.exists()


def test_code_is_not_sent_again_and_again(browser):
    page = browser.get("/form/words/")
    for _ in range(5):
        page = by_mail(browser, page)
    assert Message.objects.count() == 3
    assert "Too many tries" in told(page)
    assert fields(page)["words"] == "hello"


def test_old_form_asks_for_new_work(browser):
    sent = {**fields(browser.get("/form/words/")), "words": "hello"}
    holder, then = browser.cookies["csrftoken"].value, clock.now() - dt.timedelta(hours=3)
    old = ask_proof(form="words", holder=holder, at=then)
    sent |= {"guard-proof": old, "guard-number": solve(old)}
    refused = browser.post("/form/words/", sent)
    assert "open for too long" in told(refused)
    assert send(browser, refused).content == b"done"


def test_form_shown_again_quietly_is_not_acted_on(rf):
    request = rf.post("/", {"words": "hello"})
    request.user = None
    form = WordsForm(request.POST, request=request, quiet=True)
    assert not form.is_valid()
    assert form.errors == {}


def test_sent_content_is_read_whole(browser):
    """The order of fields does not matter, each value does."""
    sent = {**proved(browser.get("/form/words/")), "words": "hello"}
    turned = "&".join(f"{name}={value}" for name, value in reversed(list(sent.items())))
    assert dict(parse_qsl(turned, keep_blank_values=True)) == sent
    assert browser.post("/form/words/", sent).content == b"done"
    kind = "application/x-www-form-urlencoded"
    assert browser.post("/form/words/", turned, content_type=kind).content == b"done"
    assert DONE == ["hello"]
