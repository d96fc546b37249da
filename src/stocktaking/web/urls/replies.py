"""Replies to calls: drafting, sending, what happened to them."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.reply import (
    authors,
    autosave,
    entries,
    leaving,
    mine,
    overview,
    section,
    sending,
    start,
)

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("calls/<slug:slug>/reply/", start.start, name="reply_start"),
    path("calls/<slug:slug>/entries/", entries.entries, name="call_entries"),
    path("replies/", mine.replies, name="replies"),
    path("replies/join/<str:token>/", authors.join, name="reply_join"),
    path("replies/<uuid:key>/", overview.overview, name="reply"),
    path("replies/<uuid:key>/reply.json", overview.data, name="reply_data"),
    path("replies/<uuid:key>/check/", sending.check, name="reply_check"),
    path("replies/<uuid:key>/sent/", sending.sent, name="reply_sent"),
    path("replies/<uuid:key>/sent/<number:number>/", sending.snapshot, name="reply_snapshot"),
    path("replies/<uuid:key>/authors/", authors.authors, name="reply_authors"),
    path("replies/<uuid:key>/authors/change/", authors.change, name="reply_authors_change"),
    path("replies/<uuid:key>/comments/say/", overview.speak, name="reply_speak"),
    path("replies/<uuid:key>/withdrawal/", leaving.withdrawal, name="reply_withdrawal"),
    path("replies/<uuid:key>/copy/", leaving.copy, name="reply_copy"),
    # what a questionnaire calls its sections; the names above are not to be had for them
    path("replies/<uuid:key>/<slug:section>/", section.section, name="reply_section"),
    path("replies/<uuid:key>/<slug:section>/save", autosave.save, name="reply_save"),
]
