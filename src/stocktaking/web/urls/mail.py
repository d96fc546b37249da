"""What a mail leads back to: stopping it, and in a demonstration reading it."""

from django.urls import URLPattern, URLResolver

from stocktaking.web.urls import converters

converters.register()
urlpatterns: list[URLPattern | URLResolver] = []
