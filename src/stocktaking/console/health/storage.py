"""The database: can it be reached, is it safe against a power cut, are its tables current?"""

import sqlite3
from collections.abc import Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from stocktaking.console.health.finding import Finding, failed, risky, well

SQLITE = (3, 40)
POSTGRESQL = 150000
# What an acknowledged change rests on; see config/settings.py.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def database() -> Iterator[Finding]:
    connection.ensure_connection()
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _sqlite() -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < SQLITE:
        yield failed(
            "database", f"SQLite {sqlite3.sqlite_version}", "SQLite 3.40 or newer is needed."
        )
    else:
        yield well("database", f"SQLite {sqlite3.sqlite_version} in the data folder")
    for name, wanted in PRAGMAS.items():
        with connection.cursor() as cursor:
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            advice = "Another program changed the file's mode; stop it and start the site again."
            yield risky("database", f"{name} is {found}, not {wanted}", advice)


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
        cursor.execute("SHOW fsync")
        fsync = cursor.fetchone()[0]
    told = f"PostgreSQL {number // 10000}.{number % 10000}, {encoding}"
    if number < POSTGRESQL:
        yield failed("database", told, "PostgreSQL 15 or newer is needed.")
    elif encoding != "UTF8":
        yield failed("database", told, "Create the database anew with the encoding UTF8.")
    else:
        yield well("database", told)
    if fsync != "on":
        yield risky("database", "fsync is off", "A power cut loses data: set fsync = on.")


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        advice = "Run: stocktaking manage migrate"
        yield failed("tables", f"{len(waiting)} changes of the tables are not applied", advice)
    else:
        yield well("tables", "up to date")
