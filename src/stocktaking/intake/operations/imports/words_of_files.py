"""What is told of reading a file, in sentences; the codes are listed in ``kernel.reading``."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_FILES: dict[str, str | Promise] = {
    # of the whole file
    "encoding_assumed": _("Nothing says how the letters are encoded. %(encoding)s was assumed."),
    "encoding_mixed": _("Some lines are not in the first encoding and were read as %(encoding)s."),
    "delimiter_found": _("Cells are separated by “%(delimiter)s”."),
    "header_found": _("The heads stand in row %(row)s; the rows above it were left out."),
    "header_doubtful": _("No row looks like heads. Row %(row)s was taken."),
    "head_repeated": _("There is more than one column “%(name)s”. This is one of the others."),
    "head_empty": _("The column has no head."),
    "sheet_chosen": _("The file has several sheets. “%(sheet)s” was taken."),
    "record_found": _("Each element “%(record)s” was taken for one record."),
    # of a record, told
    "encoding_fallback": _("This row is in another encoding and was read as %(encoding)s."),
    "letters_suspicious": _("Letters may be wrong: “%(text)s”."),
    "letters_repaired": _("Wrong letters were mended: “%(text)s” became “%(became)s”."),
    "markup_found": _("The text holds HTML and was left as it is: “%(text)s”."),
    "markup_removed": _("The text held HTML and became plain text: “%(text)s”."),
    "controls_removed": _("%(count)s invisible control characters were left out."),
    "return_kept": _("A carriage return was taken for a break within the cell: “%(text)s”."),
    "quote_misplaced": _("Quotation marks do not stand where they should: “%(text)s”."),
    "cell_error": _("The spreadsheet shows an error here: “%(text)s”. The cell counts as empty."),
    "key_repeated": _("There is a second value under the name “%(name)s”."),
    "row_too_short": _("The row has %(cells)s cells of %(columns)s. The others count as empty."),
    # of a record, why it cannot be used
    "letters_unreadable": _("There are letters that no encoding can read: “%(text)s”."),
    "row_too_wide": _(
        "There are %(columns)s columns, but the row has %(cells)s cells: “%(text)s”."
    ),
    "cell_too_long": _("The cell has %(letters)s characters; %(most)s are possible."),
    "quote_open": _("A quotation mark is opened and never closed: “%(text)s”."),
    "line_too_long": _("The line is longer than %(most)s characters."),
    "json_broken": _("This is no valid JSON: “%(text)s”."),
    "json_too_deep": _("The data are nested deeper than %(most)s levels."),
    "number_not_finite": _("“%(text)s” is no number that can be kept."),
    "number_too_long": _("The number has more than %(most)s digits."),
    "record_not_object": _("This is no object with names and values: “%(text)s”."),
}
