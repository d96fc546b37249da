from tests.browser.site_page import SitePage

HERE = "/staff/questionnaires/entries"
PAGES: tuple[SitePage, ...] = (
    SitePage("questionnaires", "/staff/questionnaires/", role="organiser"),
    SitePage("questionnaire-new", "/staff/questionnaires/new/", role="organiser"),
    SitePage("questionnaire", f"{HERE}/", role="organiser"),
    SitePage("questionnaire-problems", f"{HERE}/problems/", role="organiser"),
    SitePage("questionnaire-version", f"{HERE}/versions/1/", role="organiser"),
    SitePage("questionnaire-preview", f"{HERE}/versions/1/preview/", role="organiser"),
    SitePage(
        "questionnaire-preview-goals",
        f"{HERE}/versions/1/preview/?section=goals&as_language=ar",
        role="organiser",
    ),
    SitePage("questionnaire-answers", f"{HERE}/versions/1/answers/", role="organiser"),
)
# need a draft: test_questionnaire_builder makes one and looks at them
PREPARED: set[str] = {
    "staff_questionnaire_question",
    "staff_questionnaire_question_new",
    "staff_questionnaire_section",
    "staff_questionnaire_title",
}
NO_PAGES: set[str] = {
    "staff_questionnaire_answers_file",
    "staff_questionnaire_draft",
    "staff_questionnaire_freeze",
    "staff_questionnaire_migrate",
    "staff_questionnaire_move",
    "staff_questionnaire_question_move",
    "staff_questionnaire_question_remove",
    "staff_questionnaire_section_add",
    "staff_questionnaire_section_remove",
}
