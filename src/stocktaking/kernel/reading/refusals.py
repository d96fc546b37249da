"""A file that cannot be read at all, or not to its end."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.errors import RuleBroken

MESSAGES = {
    "file_empty": _("The file is empty."),
    "file_not_recognised": _(
        "It is not clear what this file is. Send a table as CSV or XLSX, or a file of JSON lines "
        "or XML."
    ),
    "file_damaged": _("The file is damaged or cut off. Save it again and send it anew."),
    "file_too_large": _("The file is too large: more than %(most)s MB when it is unpacked."),
    "file_bomb": _("The file unpacks to too much. Save it again without packing it."),
    "file_encrypted": _("The file is protected by a password. Save it without one."),
    "file_too_slow": _("The file takes too long to read. Split it, or save it as CSV."),
    "workbook_old": _("This is a workbook of another kind. Save it as XLSX."),
    "sheet_unknown": _("There is no sheet “%(sheet)s” in the file. It has: %(sheets)s."),
    "sheet_too_large": _("The sheet is too large. Split it, or save it as CSV."),
    "header_unknown": _("There are no heads in row %(row)s."),
    "too_many_columns": _("The table has more than %(most)s columns."),
    "too_many_records": _("The file has more than %(most)s records or lines. Split it."),
    "delimiter_unknown": _("Cells cannot be separated by “%(delimiter)s”."),
    "encoding_unknown": _("There is no encoding “%(encoding)s”."),
    "xml_entities": _("The XML declares entities or a document type. Save it without them."),
    "xml_damaged": _("The XML is broken in line %(line)s."),
    "xml_too_deep": _("The XML is nested deeper than %(most)s levels."),
    "record_too_long": _("The record in line %(line)s is too long."),
    "record_unknown": _("There is no element “%(record)s” in the file."),
}


class Unreadable(RuleBroken):
    """The file is refused; ``code`` is one of ``MESSAGES``.

    Raised before the first record where that can be known; a file that turns out to be damaged
    further on raises it after the records before the damage.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, MESSAGES[code], field="file", **params)
