"""Pages for everybody. The last pattern takes any single word: it is a text of the site."""

from django.urls import path, re_path

from stocktaking.web.urls import converters
from stocktaking.web.views import home, matrix, organisation, page

converters.register()

urlpatterns = [
    path("", home.home, name="home"),
    path("matrix/", matrix.page, name="matrix"),
    re_path(r"^matrix\.(?P<form>csv|svg)$", matrix.file, name="matrix_file"),
    path("organisations/", organisation.listing, name="organisations"),
    path("organisations/<number:number>/", organisation.page, {"slug": ""}),
    path("organisations/<number:number>-<anyslug:slug>/", organisation.page, name="organisation"),
    path("<slug:slug>/", page.page, name="page"),
]
