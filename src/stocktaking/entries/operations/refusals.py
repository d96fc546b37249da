"""The words for each reason to refuse an entry."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.rules.shapes import Fault
from stocktaking.kernel.errors import RuleBroken, RulesBroken

MESSAGES: dict[str, str | Promise] = {
    "language_malformed": _("Choose a language, or give its code, such as pt or zh-Hant."),
    "original_missing": _("Give a title in the original language."),
    "title_missing": _("Give a title in this language, or remove its text."),
    "duplicate": _("This is stated twice. Remove one of the two."),
    "duplicate_term": _("%(term)s is stated twice. Remove one of the two."),
    "too_long": _("This is too long: %(most)s characters at most."),
    "too_many": _("There are too many: %(most)s at most."),
    "control_character": _("Remove the control characters that cannot be shown."),
    "section_unknown": _("There is no section with the code %(term)s."),
    "scheme_unknown": _("There is no scheme with the name %(scheme)s."),
    "term_unknown": _("There is no term with the code %(term)s."),
    "term_is_heading": _("%(term)s is a heading. Choose one of the terms below it."),
    "term_follows": _("The terms of %(scheme)s follow from others and are not stated."),
    "term_retired": _("%(term)s is retired and cannot be chosen any more."),
    "only_one_term": _("Choose only one."),
    "organisation_unknown": _("This organisation is not in the register."),
    "collection_unknown": _("There is no collection with the name %(slug)s."),
    "source_unknown": _("There is no source with the name %(slug)s."),
    "date_malformed": _("Write a year, a month or a day: 2019, 2019-05 or 2019-05-17."),
    "date_out_of_range": _("The year must lie between %(first)s and %(last)s."),
    "ends_before_start": _("The end lies before the start."),
    "address_malformed": _("Give a full web address that begins with https:// or http://."),
    "address_missing": _("Give the web address of this link."),
    "file_unknown": _("This image is not stored. Send it again."),
    "alternative_missing": _("Say what the image shows, for people who cannot see it."),
    "identifier_incomplete": _("Give both the list and the identifier in it."),
    "identifier_taken": _("Another entry has the identifier %(value)s."),
    "extra_malformed": _("The additional facts are not plain values."),
    "identifier_ambiguous": _("The identifiers belong to several entries."),
    "entry_withdrawn": _("The entry is withdrawn; an import does not change it."),
    "stale_version": _("Somebody else saved this entry while you were editing it."),
    "version_unknown": _("This entry has no such version. Export it again and repeat the change."),
    "conflict_refused": _(
        "This was changed here and in the source since the last import: here “%(ours)s”, in the"
        " source “%(theirs)s”."
    ),
    "entry_unknown": _("There is no entry with this number."),
    "move_refused": _("This cannot be done with the entry as it is now."),
    "entry_itself": _("Choose two different entries."),
    "merge_refused": _(
        "The entry that stays must be published, and the other one must not be withdrawn."
    ),
    "merged_away": _("The entry was merged into another one. Undo the merge instead."),
    "merging_unknown": _("There is no such merge."),
    "merging_undone": _("This merge was undone already."),
    "merge_later": _(
        "The entry that stayed is withdrawn, or was merged into another one since. Undo that first."
    ),
    "reason_missing": _("Say why the entry is withdrawn."),
    "collection_exists": _("There is a collection with this name already."),
    "slug_malformed": _("Use small letters, digits and hyphens only."),
    "collection_title_missing": _("Give the collection a title."),
    "collection_closed": _("The collection is closed: it takes in nothing more."),
    "collected_already": _("The entry belongs to this collection already."),
    "not_collected": _("The entry does not belong to this collection."),
    "invited_already": _("The entry is invited already and has not been answered yet."),
    "invitation_over": _("This invitation was answered or taken back."),
    "not_published": _("Only a published entry can do this."),
    "nobody_to_ask": _("Nobody acts for the organisation of this entry, so nobody can agree."),
    "message_long": _("This is too long: %(most)s characters at most."),
    "call_malformed": _("A call is named by small letters, digits and hyphens."),
}


def refused(code: str, field: str | None = None, **params: Any) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code], field=field, **params)


def all_of(found: Sequence[Fault]) -> RulesBroken:
    """One error that holds them all."""
    return RulesBroken([refused(fault.code, fault.field, **fault.params) for fault in found])
