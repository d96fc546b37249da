"""Large files in little memory: a process that may have no more of it reads them to their end."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

MEMORY = 220 * 1024 * 1024  # bytes of private memory, Django and all libraries included
READ = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[1]),) * 2)
from stocktaking.kernel.reading import Unreadable, look, records
count = faults = 0
head = look(sys.argv[2])
try:
    for record in records(sys.argv[2]):
        count += 1
        faults += len(record.faults)
except Unreadable as refused:
    head = None
    print(json.dumps([refused.code, count > 0]))
if head:
    print(json.dumps([head.kind, list(head.columns), count, faults]))
"""

pytestmark = pytest.mark.slow


def read(path: Path) -> list:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(MEMORY), str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_a_table_of_200_megabytes(tmp_path):
    path = tmp_path / "large.csv"
    row = "{},Éducation et santé dans les villages,{}\r\n"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("id,title,note\r\n")
        for number in range(100):
            file.write("".join(row.format(number * 3500 + n, "x" * 550) for n in range(3500)))
    assert path.stat().st_size > 200 * 1000 * 1000
    assert read(path) == ["csv", ["id", "title", "note"], 350_000, 0]


def test_an_array_of_100_megabytes_on_one_line(tmp_path):
    path = tmp_path / "large"
    record = '{"id":1,"title":"Éducation","texts":["' + "x" * 900 + '"]}'
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.write("[" + record)
        for _ in range(105):
            file.write(("," + record) * 1000)
        file.write("]")
    assert read(path) == ["jsonl", ["id", "title", "texts"], 105_001, 0]


def test_xml_of_100_megabytes_on_one_line(tmp_path):
    path = tmp_path / "large"
    record = "<item><id>1</id><title>Éducation</title><text>" + "x" * 900 + "</text></item>"
    with path.open("w", encoding="utf-8") as file:
        file.write("<r>")
        for _ in range(105):
            file.write(record * 1000)
        file.write("</r>")
    assert read(path) == ["xml", ["id", "title", "text"], 105_000, 0]


E_ACUTE = "é".encode("cp1252")


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b'a,b\n1,"' + b"x,y\n" * 9_000_000, ["too_many_records", True]),
        (b"a,b\n" + b"x" * 200_000_000 + b"\n1,2\n", ["csv", ["a", "b"], 2, 1]),
        (b"a,b\r1,2\r" + b"\r" * 1_000_000 + b'"' * 99_000_000, ["csv", ["a", "b"], 2, 1]),
        (b"[" + b"1," * 1_000_001 + b"1]", ["too_many_records", True]),
        (b"a\nx\n" + E_ACUTE * 60_000_000 + b"\n", ["csv", ["a"], 2, 1]),
    ],
    ids=["quote", "line", "returns", "numbers", "letters"],
)
def test_files_made_to_take_memory_or_time(tmp_path, content, answer):
    path = tmp_path / "large"
    path.write_bytes(content)
    assert read(path) == answer
