"""Imports: a file, its profile, a trial, the run, its report; and the profiles."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.staff.imports import (
    acts,
    batch,
    building,
    choosing,
    listing,
    profiles,
    report,
    uploading,
    values,
)

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", listing.imports, name="staff_imports"),
    path("imports/new/", uploading.new, name="staff_import_new"),
    path("imports/files/<number:file>/", choosing.page, name="staff_import_file"),
    path("imports/files/<number:file>/profile/", building.page, name="staff_import_build"),
    path("imports/profiles/", profiles.listing, name="staff_import_profiles"),
    path("imports/profiles/new/", profiles.new, name="staff_import_profile_new"),
    path("imports/profiles/<slug:slug>/", profiles.page, name="staff_import_profile"),
    path(
        "imports/profiles/<slug:slug>/<number:version>.toml",
        profiles.download,
        name="staff_import_profile_file",
    ),
    path("imports/<number:number>/", batch.page, name="staff_import"),
    path("imports/<number:number>/rows/<number:place>/", batch.row, name="staff_import_row"),
    path("imports/<number:number>/values/", values.page, name="staff_import_values"),
    path("imports/<number:number>/run/", acts.run, name="staff_import_run"),
    path("imports/<number:number>/cancel/", acts.cancel, name="staff_import_cancel"),
    path("imports/<number:number>/resume/", acts.resume, name="staff_import_resume"),
    path("imports/<number:number>/undo/", acts.undo, name="staff_import_undo"),
    path(
        "imports/<number:number>/report.<table_form:form>",
        report.table,
        name="staff_import_report",
    ),
    path("imports/<number:number>/report.jsonl", report.lines, name="staff_import_report_lines"),
    path("imports/<number:number>/progress/", batch.progress, name="staff_import_progress"),
]
