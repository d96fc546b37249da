"""The desk of whoever is signed in."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.personal_desk import personal_desk

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", personal_desk, name="personal_desk"),
]
