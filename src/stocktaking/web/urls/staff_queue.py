"""The queue of replies, checks and endorsements."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.staff import checks
from stocktaking.web.views.staff.queue import acts, endorsing, listing, review, statistics

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("queue/", listing.replies, name="staff_queue"),
    path("queue/many/", listing.many, name="staff_queue_many"),
    path("queue/statistics/", statistics.page, name="staff_queue_statistics"),
    path("queue/statistics.csv", statistics.table, name="staff_queue_table"),
    path("queue/endorse/", endorsing.replies, name="staff_endorse"),
    path("queue/endorse/<number:number>/", endorsing.reply, name="staff_endorse_reply"),
    path("queue/<number:number>/", review.reply, name="staff_reply"),
    path("queue/<number:number>/act/", acts.act, name="staff_reply_act"),
    path("queue/<number:number>/settle/", acts.settle, name="staff_reply_settle"),
    path(
        "queue/<number:number>/likeness/<number:likeness>/",
        acts.dismiss,
        name="staff_reply_dismiss",
    ),
    path("checks/", checks.checks, name="staff_checks"),
    path("checks/new/", checks.new, name="staff_check_new"),
    path("checks/<slug:slug>/", checks.edit, name="staff_check"),
]
