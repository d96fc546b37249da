"""Entries as rows that can be changed in a spreadsheet and read again: the edit table.

A row says what to change as a function of what the entry was when the row was taken: a column
that was taken out of the file, or a cell that the file could not hold, leaves its part alone.
"""

from stocktaking.entries.rules.edit_table.columns import InUse, Place, column_of, columns, place_of
from stocktaking.entries.rules.edit_table.documents import KEYS, read_document
from stocktaking.entries.rules.edit_table.own import Owner, OwnRow, key_of, read_row, system_of
from stocktaking.entries.rules.edit_table.stated import Stated
from stocktaking.entries.rules.edit_table.writing import organisation_lines, row

__all__ = [
    "KEYS",
    "InUse",
    "OwnRow",
    "Owner",
    "Place",
    "Stated",
    "column_of",
    "columns",
    "key_of",
    "organisation_lines",
    "place_of",
    "read_document",
    "read_row",
    "row",
    "system_of",
]
