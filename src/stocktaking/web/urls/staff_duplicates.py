"""Entries that are there twice: the list, two of them side by side, what is done with them."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.staff import duplicates

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("duplicates/", duplicates.listing, name="staff_duplicates"),
    path("duplicates/look/", duplicates.look, name="staff_duplicates_look"),
    path(
        "duplicates/series/<number:number>/",
        duplicates.settle,
        name="staff_duplicates_settle",
    ),
    path(
        "duplicates/<number:kept>/<number:merged>/",
        duplicates.pair,
        name="staff_duplicates_pair",
    ),
]
