"""Calls, letters and recipients, for organisers."""

from django.urls import URLPattern, URLResolver

from stocktaking.web.urls import converters

converters.register()
urlpatterns: list[URLPattern | URLResolver] = []
