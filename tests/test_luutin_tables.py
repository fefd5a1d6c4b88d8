"""`luutin export jsonl` and `parquet`: three tables, the same in both forms, as docs/export.md describes them."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest

from luutin.tables.columns import told
from luutin.tables.parquet import schema_of
from luutin.tables.rows import TABLES
from storage.records import Image, Moment, Reading
from storage.visits import FoundPage
from tests.commanding import LUUTIN, environment, fault, here
from tests.newsroom import EDITED, FOOTBALL, NOON, OTHER_URL, RAIN, URL, Newsroom, article

DOCS = (Path(__file__).parent.parent / "docs" / "export.md").read_text(encoding="utf-8")
HANOI = timedelta(hours=7)
EARLY = Moment(at=datetime(2026, 3, 11, 1, 30, tzinfo=UTC), offset=HANOI, text="08:30 11/03/2026")
DAY = Moment(at=datetime(2026, 3, 10, 17, tzinfo=UTC), offset=HANOI, text="11/03/2026", date_only=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an archive of two sites, one page of which was edited."""
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.archive.watch_site("khac", NOON)
    room.archive.record([rich(room, RAIN), rich(room, EDITED)])
    room.now += timedelta(hours=1)
    room.archive.add_pages("khac", [FoundPage(url=OTHER_URL)], room.now)
    room.sees(FOOTBALL, url=OTHER_URL, title="Bóng đá \ud83d nửa chữ")
    room.close()
    return tmp_path


def rich(room: Newsroom, texts: tuple[str, ...]) -> Any:
    """A finding of an article with something in every field."""
    read = replace(
        article(texts),
        authors=("Lò Thị Mây",),
        published=EARLY,
        modified=DAY,
        images=(Image(url="https://vidu.example/1.jpg", caption="Phố ngập"),),
        tags=("mưa", "Hà Nội"),
    )
    reading = Reading(reader="r1", article=read, sources={"title": "<h1> in the page"})
    return room.finding(texts, reading=reading)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rows(path: Path) -> list[dict[str, Any]]:
    return list(pyarrow.parquet.read_table(path).to_pylist())


def exported(folder: Path, form: str, *more: str) -> Path:
    said = here("export", form, "-o", f"out-{form}", *more, cwd=folder)
    assert (said.status, said.out) == (0, ""), said.err
    return folder / f"out-{form}"


def test_each_table_is_a_file_and_has_the_keys_of_the_command_line(folder: Path) -> None:
    out = exported(folder, "jsonl")
    assert sorted(path.name for path in out.iterdir()) == ["edits.jsonl", "pages.jsonl", "versions.jsonl"]
    for name in ("pages", "edits"):
        printed = here(name, "--json", cwd=folder).records
        told_of = [{key: line[key] for key in printed[0]} for line in lines(out / f"{name}.jsonl")]
        assert told_of == json.loads(json.dumps(printed).replace("\\ud83d", "\ufffd"))
    shown = here("show", URL, "--version", "2", "--json", cwd=folder).records[0]
    line = next(line for line in lines(out / "versions.jsonl") if (line["url"], line["version"]) == (URL, 2))
    assert {key: line["article_url" if key == "url" else key] for key in shown} == shown
    assert line["published"] == "2026-03-11T08:30:00+07:00"
    assert (line["modified"], line["modified_date_only"]) == ("2026-03-11", True)


def test_parquet_holds_what_the_json_lines_hold(folder: Path) -> None:
    out, plain = exported(folder, "parquet"), exported(folder, "jsonl")
    for name, table in TABLES.items():
        assert pyarrow.parquet.read_schema(out / f"{name}.parquet").equals(schema_of(table.columns))
        both = zip(rows(out / f"{name}.parquet"), lines(plain / f"{name}.jsonl"), strict=True)
        for row, line in both:
            assert {key: plainly(value, key) for key, value in row.items()} == {
                key: plainly(value, key) for key, value in line.items()
            }


def plainly(value: Any, key: str) -> Any:
    """A value of either form in one and the same."""
    match value:
        case datetime():
            return value.astimezone(UTC)
        case str() if re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", value):
            stated = datetime.fromisoformat(value)
            return (stated if stated.tzinfo else stated.replace(tzinfo=UTC) - HANOI).astimezone(UTC)
        case dict() if key == "sources":
            return value
        case dict():
            return {name: plainly(one, name) for name, one in value.items()}
        case list() if key == "sources":
            return dict(value)
        case list():
            return [plainly(one, "") for one in value]
    return value


def test_the_stream_names_the_table_of_each_row(folder: Path) -> None:
    out = exported(folder, "jsonl")
    told_of = here("export", "jsonl", "-o", "-", cwd=folder)
    assert (told_of.status, told_of.err) == (0, "")
    for name in TABLES:
        streamed = [
            {key: line[key] for key in line if key != "table"} for line in told_of.records if line["table"] == name
        ]
        assert streamed == lines(out / f"{name}.jsonl")


def test_one_site_alone_is_exported(folder: Path) -> None:
    out = exported(folder, "jsonl", "--site", "khac")
    assert [line["url"] for line in lines(out / "pages.jsonl")] == [OTHER_URL]
    assert [line["url"] for line in lines(out / "versions.jsonl")] == [OTHER_URL]
    assert lines(out / "edits.jsonl") == []


def test_nothing_is_written_over(folder: Path) -> None:
    (folder / "out").mkdir()
    for form in ("jsonl", "parquet"):
        assert "out is there already" in fault(here("export", form, "-o", "out", cwd=folder))
    assert list((folder / "out").iterdir()) == []


def test_nothing_is_left_of_an_export_that_fails(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "luutin.db")) as plain, plain:
        plain.execute("UPDATE body SET data = x'00' WHERE id = (SELECT body_id FROM reading WHERE version_id = 2)")
    for form in ("jsonl", "parquet"):
        assert "body" in fault(here("export", form, "-o", "out", cwd=folder))
    assert not list(folder.glob("out*"))


@pytest.mark.parametrize("form", ["parquet", "warc", "wacz"])
def test_other_forms_than_jsonl_are_not_written_to_standard_output(form: str, folder: Path) -> None:
    assert "only jsonl" in fault(here("export", form, "-o", "-", cwd=folder))
    assert not list(folder.glob("-*"))


def test_without_pyarrow_it_is_said_how_to_add_it(folder: Path) -> None:
    blocked = "import sys; sys.modules['pyarrow'] = None; sys.argv[0] = 'luutin'; from luutin.main import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", blocked, "export", "parquet", "-o", "out"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "pip install 'luutin[parquet]'" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (folder / "out").exists()


def test_many_versions_take_several_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luutin.tables.parquet._ROWS", 2)
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    for number in range(5):
        room.sees((f"Mưa lớn làm ngập {30 + number} tuyến phố.", *RAIN[1:]))
    room.close()
    about = pyarrow.parquet.read_metadata(exported(tmp_path, "parquet") / "versions.parquet")
    assert (about.num_row_groups, about.num_rows) == (3, 5)


def test_an_empty_archive_gives_tables_without_rows(tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    out = exported(tmp_path, "parquet")
    assert [rows(out / f"{name}.parquet") for name in TABLES] == [[], [], []]


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_documented_with_its_type(name: str) -> None:
    section = DOCS.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", section, flags=re.MULTILINE)
    assert listed == [(column, told(kind)) for column, kind in TABLES[name].columns.items()]


def ask(query: str, folder: Path) -> list[tuple[Any, ...]]:
    """What DuckDB answers to a query of the docs, of the tables in this folder."""
    with duckdb.connect() as connection:
        return connection.execute(query.replace("'news/", f"'{folder}/")).fetchall()


def test_the_queries_in_the_docs_run_on_both_forms(folder: Path) -> None:
    out, plain = exported(folder, "parquet"), exported(folder, "jsonl")
    silent, words = re.findall(r"```sql\n(.*?)```", DOCS, flags=re.DOTALL)
    (row,) = ask(silent, out)
    assert (row[0], row[1], row[3:]) == ("vidu", URL, (["35"], ["53"], "Mưa lớn ở Hà Nội", ["Lò Thị Mây"]))
    assert row[2].astimezone(UTC) == NOON + timedelta(hours=2)
    counts = [sum(len(text.split()) for text in texts) for texts in (FOOTBALL, RAIN, EDITED)]
    assert [count for _, _, count in ask(words, out)] == counts
    (of_json,) = ask(silent.replace(".parquet", ".jsonl"), plain)
    assert of_json[3:] == row[3:]
    assert ask(words.replace(".parquet", ".jsonl"), plain) == ask(words, out)


def test_whoever_reads_the_stream_may_stop(folder: Path) -> None:
    with subprocess.Popen(
        [LUUTIN, "export", "jsonl", "-o", "-"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
