"""Explore and entry pages: the register itself."""

from django.urls import path

from stocktaking.web.urls import converters
from stocktaking.web.views.entry import entry, entry_history, entry_machine
from stocktaking.web.views.explore import explore
from stocktaking.web.views.lists import entries_list

converters.register()

urlpatterns = [
    path("entries/", explore, name="explore"),
    path("entries.<list_form:form>", entries_list, name="entries_list"),
    path("entries/<number:number>/", entry),
    path("entries/<number:number>-<anyslug:slug>/history/", entry_history, name="entry_history"),
    path("entries/<number:number>-<anyslug:slug>/", entry, name="entry"),
    path("entries/<number:number>-<anyslug:slug>.<form:form>", entry_machine, name="entry_machine"),
]
