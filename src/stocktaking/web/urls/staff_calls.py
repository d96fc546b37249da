"""Calls, letters and recipients, for organisers."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.staff.calls import acts, editing, letters, recipients, replies

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("calls/", editing.call_list, name="staff_calls"),
    path("calls/new/", editing.new, name="staff_call_new"),
    path("calls/<slug:slug>/", editing.edit, name="staff_call"),
    path("calls/<slug:slug>/preview/", editing.preview, name="staff_call_preview"),
    path("calls/<slug:slug>/publish/", acts.publish, name="staff_call_publish"),
    path("calls/<slug:slug>/extend/", acts.extend, name="staff_call_extend"),
    path("calls/<slug:slug>/cancel/", acts.cancel, name="staff_call_cancel"),
    path("calls/<slug:slug>/copy/", acts.copy, name="staff_call_copy"),
    path("calls/<slug:slug>/more-time/", acts.allowances, name="staff_allowances"),
    path("calls/<slug:slug>/letters/", letters.letters, name="staff_letters"),
    path("calls/<slug:slug>/letters/new/", letters.new, name="staff_letter_new"),
    path("calls/<slug:slug>/letters/<number:number>/", letters.edit, name="staff_letter"),
    path(
        "calls/<slug:slug>/letters/<number:number>/preview/",
        letters.preview,
        name="staff_letter_preview",
    ),
    path("calls/<slug:slug>/letters/<number:number>/send/", letters.send, name="staff_letter_send"),
    path("calls/<slug:slug>/letters/<number:number>/act/", letters.act, name="staff_letter_act"),
    path("calls/<slug:slug>/replies/", replies.replies, name="staff_call_replies"),
    path("calls/<slug:slug>/replies.xlsx", replies.replies_file, name="staff_call_replies_file"),
    path("calls/<slug:slug>/numbers/", replies.numbers, name="staff_call_numbers"),
    path("recipients/", recipients.groups, name="staff_recipients"),
    path("recipients/new/", recipients.new, name="staff_group_new"),
    path("recipients/<slug:slug>/", recipients.edit, name="staff_group"),
    path("recipients/<slug:slug>/add/", recipients.add, name="staff_group_add"),
    path("recipients/<slug:slug>/remove/", recipients.remove, name="staff_group_remove"),
]
