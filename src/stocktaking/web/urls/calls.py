"""Calls as everybody sees them."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views import calls

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("calls/", calls.calls, name="calls"),
    path("calls/<slug:slug>/", calls.call, name="call"),
]
