"""The mixin for forms that visitors send without an account.

::

    class ReportForm(Guarded, Part):
        guard_name = "report"          # a form's own: its proofs serve no other

    form = ReportForm(request.POST or None, request=request)
    if form.is_bound and form.is_valid():
        ...one operation, by ``once``...

and in the template, before the button: ``{% include "web/guard.html" with guard=form.guard %}``
(inside the ``<form>``). Nothing else: where a visitor asks for a code by mail, the mail goes out,
``is_valid`` is False without an error, and the form is shown again with what was typed.

Whoever is signed in proves nothing. A proof serves one request, and that same request again
where it carries an idempotency key, so that ``once`` can repeat its answer.
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy as _

from stocktaking.guards.operations import accept_code, accept_proof, ask_code, ask_proof
from stocktaking.guards.operations.proofs import why_not
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.operations import queue
from stocktaking.web.access import person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.guard.limits import HOUR, count
from stocktaking.web.guard.mails import CODE

SEND = "guard-send"  # the button that asks for a code by mail
TRAPPED = _("This form was taken for one that a machine sent. Send it again.")


class Guard(forms.Form):
    """What a guarded form carries besides its own fields."""

    # machines fill in what looks like a field; people neither see nor reach it
    website = forms.CharField(required=False, max_length=2000, label=_("Leave this empty"))
    proof = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    number = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    ticket = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("E-mail address for the code"),
        error_messages={"required": _("Give the address that the code goes to.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = forms.CharField(
        required=False,
        max_length=40,
        label=_("Code from the mail"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    website.widget.attrs = {"tabindex": "-1", "autocomplete": "off"}

    def __init__(self, data: Any, *, form: str, request: HttpRequest) -> None:
        super().__init__(data, prefix="guard")
        get_token(request)  # sets what the browser is known by, where there is none yet
        self.holder = request.META["CSRF_COOKIE"]
        self.form, self.request, self.at = form, request, arrived_at(request)
        self.sent_to = ""
        self.accepted = False
        self.by_mail = False  # accepted by a code that only who reads the address knows
        self.ticket_made = ""

    @property
    def asks_code(self) -> bool:
        """The button was pressed, and no code was typed: Enter in the field presses it, too."""
        return self.is_bound and SEND in self.data and not self._typed("code")

    def send_code(self) -> None:
        """Mail a code to the address that was given; what is wrong with it stands at the field."""
        if not self.is_valid():
            return
        address = self.cleaned_data["email"]
        try:
            count(self.request, "mail code", most=10, every=HOUR, by="network")
            made_for = {"form": self.form, "address": address, "holder": self.holder}
            self.ticket_made, code = ask_code(**made_for, at=self.at)
            language = languages.current().code
            queue(kind=CODE, to=address, language=language, values={"code": code}, at=self.at)
        except RuleBroken as error:
            self.add_error("email", str(error))
        else:
            self.sent_to = address

    def accept(self) -> None:
        """Spend what came with the form; RuleBroken where it proves nothing."""
        if self._typed("website"):
            raise RuleBroken("trapped", TRAPPED)
        mine = {"form": self.form, "holder": self.holder, "request": self._sent(), "at": self.at}
        if self._typed("number") or not self._typed("ticket"):
            accept_proof(line=self._typed("proof"), number=self._typed("number"), **mine)
        else:
            ticket, typed, address = (self._typed(name) for name in ("ticket", "code", "email"))
            accept_code(ticket=ticket, typed=typed, address=address, **mine)
            self.by_mail = True
        self.accepted = True

    def shown(self) -> dict[str, str]:
        """Challenge, answer and ticket for the form as it is shown (again)."""
        if self.accepted:
            # it was proved, and an operation refused for another reason: no work for a second try
            line = ask_proof(form=self.form, holder=self.holder, at=self.at, cost=1)
            return {"proof": line, "number": "0", "ticket": ""}
        line, number = self._typed("proof"), self._typed("number")
        if why_not(line=line, number=number, form=self.form, holder=self.holder, at=self.at):
            line, number = ask_proof(form=self.form, holder=self.holder, at=self.at), ""
        return {
            "proof": line,
            "number": number,
            "ticket": self.ticket_made or self._typed("ticket"),
        }

    @property
    def opened(self) -> bool:
        """Whether the way by mail is shown open: it was begun, or the proof is missing."""
        begun = any(self._typed(name) for name in ("ticket", "email", "code"))
        return self.is_bound and not self.accepted and (begun or not self._typed("number"))

    def _typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), "")).strip() if self.is_bound else ""

    def _sent(self) -> str:
        """All that was sent, where it may be sent twice."""
        if not self.data.get("idempotency_key"):
            return ""
        sent = dict(self.request.POST.lists())
        sent.pop("csrfmiddlewaretoken", None)
        return urlencode(sorted(sent.items()), doseq=True)


class Guarded(forms.Form):
    """A form that machines find hard to send; ``guard`` is None for whoever is signed in."""

    guard_name = ""

    def __init__(self, data: Any = None, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        known = person_of(request) is not None
        self.guard = None if known else Guard(data, form=self.guard_name, request=request)

    def is_valid(self) -> bool:
        if self._only_shown():
            if self.guard is not None and self.guard.asks_code and not self.guard.sent_to:
                self.guard.send_code()
            return False
        return super().is_valid()

    def full_clean(self) -> None:
        if self._only_shown():
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()
        if self.guard is None or not self.is_bound or self._errors:
            return  # a form with faults spends nothing
        try:
            self.guard.accept()
        except RuleBroken as error:
            self.add_error(None, str(error))

    def _only_shown(self) -> bool:
        """Shown again with what was typed, unjudged."""
        asks = self.guard is not None and self.guard.asks_code
        return asks or bool(getattr(self, "quiet", False))
