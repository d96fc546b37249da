"""The desk: set-up and editing, for staff with a second factor."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.staff import (
    collections,
    desk,
    edit_table,
    entry_acts,
    entry_editor,
    entry_list,
    index,
    organisation_acts,
    organisations,
    pages,
    people,
    people_merge,
    terms,
)

converters.register()
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    path("entries/", entry_list.entries, name="staff_entries"),
    path("entries/edit-table.<table_form:form>", edit_table.of_list, name="edit_table"),
    path("explore/edit-table.<table_form:form>", edit_table.of_result, name="edit_table_result"),
    path("entries/new/", entry_editor.new, name="staff_entry_new"),
    path("entries/<number:number>/", entry_editor.edit, name="staff_entry_edit"),
    path("entries/<number:number>/publish/", entry_acts.publish, name="staff_entry_publish"),
    path("entries/<number:number>/withdraw/", entry_acts.withdraw, name="staff_entry_withdraw"),
    path("organisations/", organisations.organisation_list, name="staff_organisations"),
    path("organisations/new/", organisations.new, name="staff_organisation_new"),
    path("organisations/<number:number>/", organisations.edit, name="staff_organisation_edit"),
    path(
        "organisations/<number:number>/members/",
        organisation_acts.member_add,
        name="staff_member_add",
    ),
    path(
        "organisations/<number:number>/members/<number:person_id>/remove/",
        organisation_acts.member_remove,
        name="staff_member_remove",
    ),
    path(
        "organisations/<number:number>/merge/",
        organisation_acts.merge_preview,
        name="staff_organisation_merge",
    ),
    path(
        "organisations/<number:number>/merge/confirm/",
        organisation_acts.merge,
        name="staff_organisation_merge_do",
    ),
    path("collections/", collections.collection_list, name="staff_collections"),
    path("collections/new/", collections.new, name="staff_collection_new"),
    path("collections/<slug:slug>/", collections.edit, name="staff_collection_edit"),
    path("terms/", terms.schemes, name="staff_schemes"),
    path("terms/<slug:slug>/", terms.scheme, name="staff_scheme"),
    path("terms/<slug:slug>/<str:code>/", terms.term, name="staff_term"),
    path("crosswalks/<slug:slug>/", terms.crosswalk, name="staff_crosswalk"),
    path("pages/", pages.page_list, name="staff_pages"),
    path("pages/<slug:slug>/<slug:code>/", pages.edit, name="staff_page_edit"),
    path("people/", people.people_list, name="staff_people"),
    path("people/<number:number>/", people.person, name="staff_person"),
    path("people/<number:number>/merge/", people_merge.preview, name="staff_person_merge"),
    path("people/<number:number>/merge/confirm/", people_merge.merge, name="staff_person_merge_do"),
    path("people/<number:number>/roles/<slug:role>/", people.change_role, name="staff_role"),
    path("index/", index.index_state, name="staff_index"),
    path("index/rebuild/", index.rebuild, name="staff_index_rebuild"),
    path("jobs/", index.job_list, name="staff_jobs"),
    path("jobs/<number:number>/", index.job, name="staff_job"),
    path("jobs/<number:number>/act/", index.job_act, name="staff_job_act"),
]
