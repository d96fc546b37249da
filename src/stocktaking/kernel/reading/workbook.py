"""Reads one sheet of an XLSX workbook, in a process of its own.

Run as a script, ``workbook.py PATH OPTIONS``: a bomb, a sheet beyond all measure or an endless
loop ends this process and nothing else. It imports nothing of the project. OPTIONS are JSON:
``sheet`` (its name, "" to find it), ``rows`` (how many are wanted, 0 for all), ``unpacked`` and
``ratio`` (limits of the archive).

Its answer is lines of JSON: first ``{"sheets": [...], "sheet": name, "chosen": bool}`` or
``{"error": code, ...}``, then rows that say something as ``[number, texts]`` or, where cells show
an error, ``[number, texts, {place: error}]``, and at the end ``{"rows": count}``.
"""

import datetime as dt
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

SECONDS = 60  # of its own time
MEMORY = 800 * 1024 * 1024  # bytes of private memory
ANSWER_MAX = 1024 * 1024 * 1024  # bytes
MEMBERS_MAX = 3000
SMALL = 16 * 1024 * 1024  # bytes that any archive may unpack to
PART_MAX = 16 * 1024 * 1024  # bytes of the list of sheets
PIECE = 1024 * 1024
TOO_LARGE = 3  # exit status
ERRORS_MAX = 100_000  # cells
ROWS_SEEN = 200
_ENCRYPTED = 0x1
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^<>]*\bt=["']e["'])[^<>]*\br=["']([A-Z]{1,3})(\d{1,7})["'][^<>]*>"""
    rb"(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]{1,20})<"
)


class Refused(Exception):  # noqa: N818 - it names what happened
    """The workbook will not be read: a stable code, and what belongs to it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.answer = {"error": code, **params}


def limit() -> None:
    import resource  # noqa: PLC0415 - not there on every system

    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_AS, 2 * MEMORY),
        (resource.RLIMIT_FSIZE, ANSWER_MAX),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def answer(path: str, options: dict[str, Any]) -> Iterator[Any]:
    """What the script says, line by line."""
    try:
        parts = measured(path, options)
        workbook = opened(path)
    except Refused as refused:
        yield refused.answer
        return
    shown = [one.name for one in workbook.sheets_metadata if _seen(one)]
    try:
        sheet, chosen = chosen_sheet(workbook, shown, options["sheet"])
    except Refused as refused:
        yield refused.answer
        return
    yield {"sheets": shown, "sheet": sheet.name, "chosen": chosen}
    errors = errors_of(path, parts.get(sheet.name, ""))
    first = [""] * (sheet.start or (0, 0))[1]  # columns before the first that says anything
    count = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = first + [one if type(one) is str else said(one) for one in row]
        while cells and not cells[-1]:
            del cells[-1]
        if cells or number in errors:
            yield [number, cells, errors[number]] if number in errors else [number, cells]
            count += 1
            if count == options["rows"]:
                break
    yield {"rows": count}


def measured(path: str, options: dict[str, Any]) -> dict[str, str]:
    """The part of each sheet by its name, of an archive that is what it should be."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(one.file_size for one in members)
            packed = max(1, sum(one.compress_size for one in members))
            if len(members) > MEMBERS_MAX or (
                unpacked > SMALL and unpacked > options["ratio"] * packed
            ):
                raise Refused("file_bomb")
            if unpacked > options["unpacked"]:
                raise Refused("file_too_large")
            if any(one.flag_bits & _ENCRYPTED for one in members):
                raise Refused("file_encrypted")
            names = {one.filename for one in members}
            if "xl/workbook.xml" not in names:
                other = names & {"xl/workbook.bin", "content.xml"}
                raise Refused("workbook_old" if other else "file_not_recognised")
            return _parts(archive)
    except (Refused, MemoryError):
        raise
    except Exception as problem:  # what taking apart a made-up archive may raise is anything
        raise Refused("file_damaged") from problem


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    from defusedxml import ElementTree  # noqa: PLC0415 - after the limits are set

    def root(name: str) -> Any:
        with archive.open(name) as member:
            return ElementTree.fromstring(member.read(PART_MAX))

    targets = {
        one.get("Id"): one.get("Target", "") for one in root("xl/_rels/workbook.xml.rels").iter()
    }
    parts = {}
    for one in root("xl/workbook.xml").iter():
        if one.tag.endswith("}sheet"):
            link = next((value for key, value in one.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            parts[one.get("name", "")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
    return parts


def opened(path: str) -> Any:
    import python_calamine  # noqa: PLC0415 - after the limits are set

    try:
        return python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError as problem:
        raise Refused("file_encrypted") from problem
    except MemoryError:
        raise
    except Exception as problem:
        raise Refused("file_damaged") from problem


def chosen_sheet(workbook: Any, shown: list[str], asked: str) -> tuple[Any, bool]:
    """The sheet that is read, and whether there was a choice.

    Not asked for, it is the first that is at least half as wide as the widest: cover sheets and
    lists of codes are narrower than what they belong to.
    """
    if asked:
        every = [one.name for one in workbook.sheets_metadata]
        wanted = asked.strip().casefold()
        alike = [name for name in every if name.strip().casefold() == wanted]
        if asked in every or alike:
            return workbook.get_sheet_by_name(asked if asked in every else alike[0]), False
        raise Refused("sheet_unknown", sheet=asked, sheets=", ".join(shown))
    widths = {}
    for name in shown:
        sheet = workbook.get_sheet_by_name(name)  # the one before it is let go
        if width := _width(sheet):
            widths[name] = width
    if not widths:
        raise Refused("file_empty")
    name = next(name for name in widths if 2 * widths[name] >= max(widths.values()))
    return (
        sheet if sheet.name == name else workbook.get_sheet_by_name(name),
        len(widths) > 1,
    )


def _seen(sheet: Any) -> bool:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    return sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet


def _width(sheet: Any) -> int:
    """Cells of its fullest row, of those at its beginning."""
    widest = 0
    for number, row in enumerate(sheet.iter_rows()):
        if number >= ROWS_SEEN + (sheet.start or (0, 0))[0]:
            break
        widest = max(widest, sum(1 for one in row if one != ""))
    return widest


def said(value: Any) -> str:
    """A cell as text: dates as ISO 8601, whole numbers without a fraction."""
    if isinstance(value, float):
        if value.is_integer() and -1e16 < value < 1e16:
            return str(int(value))
        text = repr(value)
        return format(Decimal(text), "f") if "e" in text else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        value = _to_seconds(value)
        whole = value.time() == dt.time()
        return value.date().isoformat() if whole else value.isoformat()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}"
    if isinstance(value, dt.time):
        return value.isoformat("seconds")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _to_seconds(moment: dt.datetime) -> dt.datetime:
    """Without the fractions that come from a day being a number."""
    if moment.microsecond >= 500_000 and moment.year < dt.MAXYEAR:
        moment += dt.timedelta(seconds=1)
    return moment.replace(microsecond=0)


def errors_of(path: str, part: str) -> dict[int, dict[int, str]]:
    """Which cells of a sheet show an error, by row and place; the reader takes them for empty."""
    found: dict[int, dict[int, str]] = {}
    count = 0
    with zipfile.ZipFile(path) as archive:
        if part not in archive.NameToInfo:
            return found
        with archive.open(part) as member:
            rest = b""
            while piece := member.read(PIECE):
                whole, last = rest + piece, 0
                shows = b't="e"' in whole or b"t='e'" in whole
                for one in _ERROR.finditer(whole) if shows else ():
                    last = one.end()
                    row = found.setdefault(int(one[2]), {})
                    row[_place(one[1])] = one[3].decode("utf-8", "replace")
                    count += 1
                if count > ERRORS_MAX:
                    break
                rest = whole[max(last, len(whole) - 2000) :]
    return found


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def main(path: str, options: str) -> None:
    limit()
    try:
        for line in answer(path, json.loads(options)):
            sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        sys.stdout.flush()
    except (MemoryError, OSError):  # no room for the sheet, or for the answer
        sys.exit(TOO_LARGE)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    main(*sys.argv[1:])
