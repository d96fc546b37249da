"""The register by place: the map, and entries, countries and regions side by side."""

from django.urls import path, re_path

from stocktaking.web.views import compare
from stocktaking.web.views import map as map_views

urlpatterns = [
    path("map/", map_views.page, name="map"),
    re_path(r"^map\.(?P<form>csv|svg)$", map_views.file, name="map_file"),
    path("map-outlines.svg", map_views.outlines, name="map_outlines"),
    path("compare/", compare.page, name="compare"),
    path("compare.csv", compare.file, name="compare_file"),
]
