"""Data that a register is filled from: a kind of its own, taken by whoever may import.

Such a file need not be harmless to open, for it is never given out: it may be packed, XML, or
written in letters that no document of ours may have. What it is, its reader decides.
"""

DATA = "application/vnd.stocktaking.data"
DATA_MAX = 200 * 1024 * 1024  # bytes
ENDS = (".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl", ".ndjson", ".xml", ".gz")
IN_WORDS = "CSV, XLSX, JSONL, XML, GZ"
