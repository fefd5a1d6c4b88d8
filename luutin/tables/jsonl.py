"""Writes the tables as JSON lines: a file for each in a folder, or all in one stream."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from luutin.output import print_bytes
from luutin.tables.columns import whole
from luutin.tables.rows import TABLES
from storage.queries import Queries
from storage.records import Moment


def write_folder(queries: Queries, folder: Path, site: str | None, on_row: Callable[[], None]) -> None:
    """A file for each table: `pages.jsonl` and so on."""
    for name, table in TABLES.items():
        with (folder / f"{name}.jsonl").open("xb") as file:
            for row in table.rows(queries, site):
                file.write(_line({key: row[key] for key in table.columns}))
                on_row()


def print_all(queries: Queries, site: str | None, on_row: Callable[[], None]) -> None:
    """Every row of every table to standard output, with the name of its table as `table`.

    Raises:
        ReaderGoneError: nobody reads it any more.
    """
    for name, table in TABLES.items():
        for row in table.rows(queries, site):
            print_bytes(_line({"table": name} | {key: row[key] for key in table.columns}))
            on_row()


def _line(fields: Mapping[str, Any]) -> bytes:
    """One object on one line."""
    return whole(json.dumps(fields, ensure_ascii=False, default=_told)).encode() + b"\n"


def _told(value: object) -> str:
    match value:
        case datetime():
            return value.isoformat()
        case Moment():
            return value.iso
    raise TypeError(f"no JSON is known for {value!r}")
