"""What readers and owners do with an entry: suggest, report, claim, contact; collections."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.participation import (
    claims,
    collections,
    confirming,
    contact,
    owners,
    report,
    suggestions,
)

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("entries/<number:number>/suggestion/", suggestions.suggestion, name="suggestion"),
    path("entries/<number:number>/report/", suggestions.report, name="report"),
    path("entries/<number:number>/contact/", contact.contact, name="contact"),
    path(
        "entries/<number:number>/still-correct/", confirming.confirm_own, name="confirm_own_entry"
    ),
    path("entries/<number:number>/claim/", claims.of_entry, name="claim_entry"),
    path("organisations/<number:number>/claim/", claims.of_organisation, name="claim_organisation"),
    path("claims/<number:number>/", claims.claim, name="claim"),
    path("claims/<number:number>/look/", claims.look, name="claim_look"),
    path("claims/<number:number>/decision/", claims.decide, name="claim_decide"),
    path("account/claims/", claims.own, name="own_claims"),
    path("account/suggestions/", owners.suggestions, name="own_suggestions"),
    path("account/suggestions/<number:number>/", owners.judge, name="own_suggestion"),
    path("account/collections/", owners.invitations, name="own_invitations"),
    path("confirm/<str:token>/", contact.confirm, name="confirm_entry"),
    path("invitations/<str:token>/", owners.invitation, name="collection_invitation"),
    path("collections/", collections.listing, name="collections"),
    path("collections/<slug:slug>/", collections.page, name="collection"),
    path("collections/<slug:slug>/report/", report.page, name="collection_report"),
    path(
        "collections/<slug:slug>/report.<table_form:form>",
        report.file,
        name="collection_report_file",
    ),
    path("collections/<slug:slug>/curate/", collections.curate, name="collection_curate"),
]
