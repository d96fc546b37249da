"""Suggestions and claims that wait for staff; the yearly question; messages passed on."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.staff.participation import claims, freshness, lines, suggestions

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("suggestions/", suggestions.listing, name="staff_suggestions"),
    path("suggestions/<number:number>/", suggestions.one, name="staff_suggestion"),
    path("lines/", lines.page, name="staff_lines"),
    path("claims/", claims.listing, name="staff_claims"),
    path("claims/<number:number>/", claims.one, name="staff_claim"),
    path("confirmations/", freshness.confirmations, name="staff_confirmations"),
    path("messages/", freshness.passed_on, name="staff_messages"),
]
