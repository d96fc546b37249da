from tests.browser.site_page import SitePage

HERE = "/staff/imports"
PAGES: tuple[SitePage, ...] = (
    SitePage("staff-imports", f"{HERE}/", role="organiser"),
    SitePage("staff-import-new", f"{HERE}/new/", role="organiser", scripted=True),
    SitePage("staff-import-new-again", f"{HERE}/new/?profile=dpg", role="organiser", scripted=True),
    SitePage("staff-import-profiles", f"{HERE}/profiles/", role="organiser"),
    SitePage("staff-import-profile", f"{HERE}/profiles/dpg/", role="organiser"),
    SitePage("staff-import-profile-new", f"{HERE}/profiles/new/", role="organiser"),
)
# need a file that was sent: test_imports looks at them on the way
PREPARED: set[str] = {
    "staff_import",
    "staff_import_build",
    "staff_import_file",
    "staff_import_row",
    "staff_import_undo",
    "staff_import_values",
}
NO_PAGES: set[str] = {
    "staff_import_cancel",
    "staff_import_profile_file",
    "staff_import_progress",
    "staff_import_report",
    "staff_import_report_lines",
    "staff_import_resume",
    "staff_import_run",
}
