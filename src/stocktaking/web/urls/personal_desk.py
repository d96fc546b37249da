"""The desk of whoever is signed in."""

from django.urls import URLPattern, URLResolver

from stocktaking.web.urls import converters

converters.register()
urlpatterns: list[URLPattern | URLResolver] = []
