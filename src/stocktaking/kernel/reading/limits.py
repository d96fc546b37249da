"""How much of a file is read at most, so that no file takes the memory or the time of a site."""

MEGABYTE = 1024 * 1024

FILE_MAX = 512 * MEGABYTE  # bytes, unpacked
RATIO_MAX = 250  # times its packed size, from RATIO_FROM bytes on
RATIO_FROM = 16 * MEGABYTE
PIECE = 256 * 1024  # bytes read at a time
SAMPLE = 64 * 1024  # bytes in which a file shows what it is

COLUMNS_MAX = 2_000
CELL_MAX = MEGABYTE  # letters
LINES_MAX = 5_000_000  # of a text
RECORDS_MAX = 1_000_000
RECORD_MAX = 4 * MEGABYTE  # letters of a row or of a line
ELEMENT_MAX = 16 * MEGABYTE  # bytes of an XML element
DEPTH_MAX = 60  # levels of JSON and XML

LOOKED_MAX = 32 * MEGABYTE  # bytes in which first records are looked for
ROWS_SEEN = 200  # rows among which the heads are found
RECORDS_SEEN = 50  # records from which columns and samples of nested data are taken
SAMPLE_LETTERS = 200  # of one text that is shown as a sample
SHOWN = 80  # letters of a text at fault


def shown(text: str) -> str:
    """What of a text is shown beside a note."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
