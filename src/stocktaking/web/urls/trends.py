"""Trends and their files."""

from django.urls import path, re_path

from stocktaking.web.views import trends

urlpatterns = [
    path("trends/", trends.page, name="trends"),
    re_path(r"^trends/(?P<name>subjects|places)/$", trends.page, name="trends_theme"),
    re_path(r"^trends/(?P<name>[a-z-]{1,40})\.(?P<form>csv|svg)$", trends.file, name="trend_file"),
]
