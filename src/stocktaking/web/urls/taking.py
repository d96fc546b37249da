"""Pages to take along, by language: references and pages for frames of other sites."""

from django.urls import path, re_path

from stocktaking.web.urls import converters
from stocktaking.web.views import badges, cards, cite, embed, embed_figures

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
    path("entries/badge.svg", badges.list_badge, name="list_badge"),
    path("entries/<number:number>/badge.svg", badges.entry_badge, name="entry_badge"),
    path("embed/entries/", embed.entries, name="embed_entries"),
    path("embed/entries/<number:number>-<anyslug:slug>/", embed.entry, name="embed_entry"),
    path("embed/matrix/", embed_figures.matrix, name="embed_matrix"),
    re_path(r"^embed/trends/(?P<name>[a-z-]{1,40})/$", embed_figures.one_trend, name="embed_trend"),
]
