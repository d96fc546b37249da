"""Pages to take along, by language: references and pages for frames of other sites."""

from django.urls import path

from stocktaking.web.urls import converters
from stocktaking.web.views import cards, cite, embed

converters.register()

urlpatterns = [
    path("entries.<cite_form:form>", cite.entries_cite, name="entries_cite"),
    path(
        "entries/<number:number>-<anyslug:slug>.<cite_form:form>",
        cite.entry_cite,
        name="entry_cite",
    ),
    path("card.png", cards.site_card, name="site_card"),
    path("entries/<number:number>/card.png", cards.entry_card, name="entry_card"),
    path("embed/entries/", embed.entries, name="embed_entries"),
    path("embed/entries/<number:number>-<anyslug:slug>/", embed.entry, name="embed_entry"),
]
