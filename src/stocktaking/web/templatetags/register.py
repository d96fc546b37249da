"""What templates of the register say about entries. Loaded by ``{% load register %}``."""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.entries.queries import EntryCard, TermMark
from stocktaking.entries.states import LinkKind, PartnerRole
from stocktaking.kernel import charts
from stocktaking.kernel.templatetags.stocktaking import shape_of
from stocktaking.reference.queries import catalogue
from stocktaking.search.rules.parameters import TEXT_MAX, Ignored, Reason
from stocktaking.web.facets import Choice, Group
from stocktaking.web.facets import language_name as translated_name
from stocktaking.web.forms.entry_rows import PARTNER_ROLES
from stocktaking.web.whereabouts import listed, places

register = template.Library()
CHECKED = SafeString(" checked")

REASONS: dict[Reason, str | Promise] = {
    Reason.UNKNOWN_PARAMETER: gettext_lazy("“%(name)s” is not a filter and was ignored."),
    Reason.UNKNOWN_TERM: gettext_lazy(
        "“%(value)s” is not a value of the filter “%(name)s” and was ignored."
    ),
    Reason.BAD_YEAR: gettext_lazy(
        "“%(value)s” is not a year of four digits. The filter “%(name)s” was ignored."
    ),
    Reason.BAD_DATE: gettext_lazy(
        "“%(value)s” is not a date such as 2019, 2019-05 or 2019-05-17."
        " The filter “%(name)s” was ignored."
    ),
    Reason.BAD_PAGE: gettext_lazy("“%(value)s” is not a page number. This is the first page."),
    Reason.BAD_CHOICE: gettext_lazy("“%(value)s” is not a choice for “%(name)s” and was ignored."),
    Reason.TOO_LONG: gettext_lazy("Only the first %(most)s characters of your words were used."),
    Reason.TOO_MANY: gettext_lazy("There are too many filters. “%(value)s” was ignored."),
    Reason.REPEATED: gettext_lazy("“%(name)s” was given more than once. Only the first was used."),
}
# what the search says about the words, by its codes
PROBLEMS: dict[str, str | Promise] = {
    "unbalanced_quote": gettext_lazy(
        "A quotation mark is not closed. The words after it were searched one by one."
    ),
    "no_words": gettext_lazy("There is no word to search for. The words were ignored."),
    "any_word": gettext_lazy("No entry has all of your words. These have some of them."),
    "too_long": gettext_lazy("Your words are too long. Only the first of them were used."),
}


register.filter("places", places)
register.filter("listed", listed)


@register.filter
def in_words(code: str) -> str:
    """The name of a language in the language of the page."""
    return translated_name(code)


@register.filter
def axis(card: EntryCard, name: str) -> tuple[TermMark, ...]:
    """The marks of an entry on one axis (``rows`` or ``columns``) of the site's grid."""
    grid = catalogue().grid()
    return card.of(getattr(grid, name).slug) if grid else ()


@register.filter
def ignored_because(one: Ignored) -> str:
    """What was left out of a question, and why."""
    said = {"name": one.name, "value": one.value, "most": TEXT_MAX}
    return str(REASONS[one.reason]) % said


@register.filter
def problem_in_words(code: str) -> str:
    """What the search did with words that it did not understand."""
    return str(PROBLEMS.get(code, _("Some of your words could not be used.")))


@register.simple_tag
def picks(name: str, choices: Sequence[Choice]) -> SafeString:
    """The boxes of a filter, drawn here because there are some two hundred on a page."""
    return format_html_join(
        "",
        '<label class="pick"><input type="checkbox" name="{}" value="{}"{}>'
        '<span>{}<bdi>{}</bdi></span><span class="n">{}</span></label>',
        (
            (
                name,
                choice.value,
                CHECKED if choice.chosen else "",
                format_html('<span class="muted">{}</span> ', choice.code) if choice.code else "",
                choice.title,
                charts.figure(choice.count),
            )
            for choice in choices
        ),
    )


@register.simple_tag
def squares(group: Group) -> SafeString:
    """The boxes of a filter as coloured squares with their codes."""
    return format_html_join(
        "",
        '<label class="{}"><input type="checkbox" name="{}" value="{}" aria-label="{} {}, {}"{}>'
        "{}<small>{}</small></label>",
        (
            (
                choice.css,
                group.name,
                choice.value,
                choice.value,
                choice.title,
                figure,
                CHECKED if choice.chosen else "",
                choice.value,
                figure,
            )
            for choice in group.shown
            for figure in [charts.figure(choice.count)]
        ),
    )


@register.simple_tag(takes_context=True)
def grid_art(
    context: Context, square: tuple[int, int], label: str, due: object = True
) -> SafeString:
    """The whole grid with one square marked: framed in red where an entry is due there."""
    marked = {"hollow": [square]} if due else {"squares": [square]}
    return charts.art(shape_of(context["grid"]), label=label, **marked)


KINDS: dict[LinkKind, str | Promise] = {
    LinkKind.WEBSITE: gettext_lazy("Website"),
    LinkKind.SOURCE: gettext_lazy("Based on"),
    LinkKind.EVIDENCE: gettext_lazy("Evidence"),
}


@register.filter
def role_in_words(role: PartnerRole) -> str:
    return str(PARTNER_ROLES[role])


@register.filter
def kind_in_words(kind: LinkKind) -> str:
    return str(KINDS[kind])


@register.filter
def bare_address(url: str) -> str:
    """An address as people read it: without protocol and without a slash at the end."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url
