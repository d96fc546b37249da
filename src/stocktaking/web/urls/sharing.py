"""Addresses to take along, without a language: they stand in codes that are printed."""

from django.urls import re_path

from stocktaking.web.views import oembed, sharing

urlpatterns = [
    re_path(r"^qr\.(?P<form>svg|png)$", sharing.qr, name="qr"),
    re_path(r"^oembed\.(?P<form>json|xml)$", oembed.oembed, name="oembed"),
]
