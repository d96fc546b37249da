"""A page with a guarded form and nothing else, for a server of the test's own."""

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from stocktaking.accounts.rules.roles import Capability
from stocktaking.config.urls import urlpatterns as site
from stocktaking.web.access import allow
from stocktaking.web.forms.base import Part
from stocktaking.web.guard import Guarded

PAGE = """{% extends "web/account/door.html" %}{% block heading %}Words{% endblock %}
{% block door %}<h1>Words</h1>{% if done %}<p id="done">Arrived: {{ done }}</p>{% else %}
<form method="post" class="stack" novalidate>{% csrf_token %}
{% include "kernel/error_summary.html" %}{% include "kernel/field.html" with field=form.words %}
<input type="hidden" name="idempotency_key" value="{{ key }}">
{% include "web/guard.html" with guard=form.guard %}<button class="btn">Send words</button></form>
{% endif %}{% endblock %}"""


class WordsForm(Guarded, Part):
    guard_name = "words"
    words = forms.CharField(label="Your words", max_length=80)


@allow(Capability.READ)
def words(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.POST or None, request=request)
    context = {"form": form, "key": request.POST.get("idempotency_key") or uuid.uuid4().hex}
    if form.is_bound and form.is_valid():
        context["done"] = form.cleaned_data["words"]
    page = engines["django"].from_string(PAGE).render(context, request)
    return HttpResponse(page, status=422 if form.errors else 200)


urlpatterns = [path("words/", words), *site]
