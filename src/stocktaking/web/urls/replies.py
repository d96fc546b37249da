"""Replies to calls: drafting, sending, what happened to them."""

from django.urls import URLPattern, URLResolver

from stocktaking.web.urls import converters

converters.register()
urlpatterns: list[URLPattern | URLResolver] = []
