"""Addresses without a language: for machines, and for style sheets."""

from django.urls import path, re_path

from stocktaking.web.views import home, machine, picture, style
from stocktaking.web.views.account import identities

urlpatterns = [
    path("", home.root, name="root"),
    path("healthz", machine.healthz, name="healthz"),
    path("readyz", machine.readyz, name="readyz"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap_index, name="sitemap_index"),
    re_path(
        r"^sitemap-(?P<code>ar|zh|en|fr|ru|es)-(?P<section>[a-z]+)-(?P<number>[1-9]\d{0,5})\.xml$",
        machine.sitemap,
        name="sitemap",
    ),
    path("favicon.ico", machine.favicon, name="favicon"),
    path("terms-<slug:stamp>.css", style.terms_css, name="terms_css"),
    path("theme-<slug:stamp>.css", style.theme_css, name="theme_css"),
    path("theme", style.theme, name="theme"),
    # one address for all languages: providers of identity know the addresses they may lead to
    path("sign-in/<slug:provider_id>/callback", identities.callback, name="identity_callback"),
    # the exact form of a rendition's name: nothing else of the folder can be asked for
    re_path(
        r"^media/(?P<path>images/[0-9a-f]{2}/[0-9a-f]{64}-[1-9]\d{0,4}\.webp)$",
        picture.picture,
        name="picture",
    ),
]
