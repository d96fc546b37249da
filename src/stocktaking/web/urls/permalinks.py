"""Addresses of entries for ever, without a language."""

from django.urls import path

from stocktaking.web.urls import converters
from stocktaking.web.views.permalink import permalink

converters.register()

urlpatterns = [
    path("e/<number:number>", permalink, name="permalink"),
    path("e/<number:number>.<form:form>", permalink, name="permalink_form"),
]
