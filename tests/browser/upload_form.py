"""A page with a file field whose files are sent in pieces, for a server of the test's own."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from stocktaking.accounts.rules.roles import Capability
from stocktaking.config.urls import urlpatterns as site
from stocktaking.web.access import allow

PAGE = """{% extends "web/account/door.html" %}{% load stocktaking %}
{% block heading %}Files{% endblock %}
{% block door %}<h1>Files</h1>
<form method="post" class="stack" enctype="multipart/form-data">{% csrf_token %}
<input type="hidden" name="q.0.file" value="7">
<div class="field"><label for="f">Your files</label>
{% include "web/upload_field.html" with into="q" anchor="f" megabytes=3 many=True %}</div>
<button class="btn">Save</button></form>
<script type="module" src="{% asset "web/upload.js" %}"></script>
<pre>{% for name, value in sent %}{{ name }}={{ value }}
{% endfor %}</pre>{% endblock %}"""


@allow(Capability.REPLY_TO_CALLS)
def files(request: HttpRequest) -> HttpResponse:
    sent = [
        (name, value) for name, value in request.POST.items() if name.startswith("q.") and value
    ]
    sent += [(name, file.name) for name, file in request.FILES.items()]
    return HttpResponse(engines["django"].from_string(PAGE).render({"sent": sent}, request))


urlpatterns = [path("files/", files), *site]
