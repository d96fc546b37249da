"""Addresses without a language: for machines, and for style sheets."""

from django.urls import path

from stocktaking.web.views import style

urlpatterns = [
    path("terms-<slug:stamp>.css", style.terms_css, name="terms_css"),
    path("theme-<slug:stamp>.css", style.theme_css, name="theme_css"),
    path("theme", style.theme, name="theme"),
]
