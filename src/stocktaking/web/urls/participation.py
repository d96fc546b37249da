"""What readers and owners do with an entry: suggest, report, claim, contact, confirm."""

from django.urls import URLPattern, URLResolver

from stocktaking.web.urls import converters

converters.register()
urlpatterns: list[URLPattern | URLResolver] = []
