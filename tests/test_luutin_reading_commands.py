"""Looking at an archive: pages, history, show, edits and status, for people and for scripts."""

import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from werkzeug import Response

from luutin.reading_commands import _planned
from tests.commanding import LUUTIN, Newspaper, Said, article_page, environment, fault, here, luutin, newspaper, road

EDITED, HOSTILE, PULLED, STEADY = 0, 1, 2, 3
# What would repaint a terminal, a line break, markup of our console, an emoji code, and half a character.
HOSTILE_TITLE = "Giá xăng&#27;[2J tăng\n:fire: [red]mạnh[/] \\ &#xD83D; đầu năm"


@dataclass(frozen=True, slots=True)
class Watched:
    """A workspace after two crawls of a newspaper, between which one article was edited and one pulled."""

    folder: Path
    paper: Newspaper
    first: Said
    between: datetime
    second: Said

    def ask(self, *words: str, **env: str) -> Said:
        return here(*words, cwd=self.folder, env=env)

    def url(self, number: int) -> str:
        return self.paper.urls[number]


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    with newspaper() as paper:
        paper.site_file(folder / "seeds")
        paper.pages[paper.paths[HOSTILE]] = article_page(
            HOSTILE_TITLE, *["Đoạn văn dài, đủ để đọc như một bài báo."] * 9
        )
        here("init", cwd=folder)
        first = luutin("crawl", cwd=folder)
        between = datetime.now(UTC)
        paper.pages[paper.paths[EDITED]] = road(1, "13,5")
        paper.pages[paper.paths[PULLED]] = Response("gone", status=410)
        second = luutin("crawl", "bao", "--force", "--json", cwd=folder)
        yield Watched(folder, paper, first, between, second)


def test_a_crawl_in_a_pipe_prints_one_plain_line_for_each_visit(watched: Watched) -> None:
    assert watched.first.status == 0, watched.first.err
    assert sorted(line.split()[-1] for line in watched.first.lines) == sorted(watched.paper.urls)
    assert all(line.split()[:3] == ["new", "200", "v1"] for line in watched.first.lines)
    assert "\x1b" not in watched.first.out
    assert "4 new" in watched.first.err


def test_a_crawl_for_scripts_prints_json_for_each_visit_and_nothing_else(watched: Watched) -> None:
    assert watched.second.status == 0, watched.second.err
    outcomes = {record["url"]: record["outcome"] for record in watched.second.records}
    assert outcomes == {
        watched.url(EDITED): "changed",
        watched.url(HOSTILE): "identical",
        watched.url(PULLED): "gone",
        watched.url(STEADY): "identical",
    }
    assert all({"url", "outcome", "status", "version", "note"} <= record.keys() for record in watched.second.records)


def test_pages_have_the_keys_that_scripts_rely_on(watched: Watched) -> None:
    records = watched.ask("pages", "--json").records
    assert {record["url"] for record in records} == set(watched.paper.urls)
    keys = {"url", "site", "title", "versions", "first_seen", "last_seen", "next_due", "state"}
    assert all(keys <= record.keys() for record in records)
    pulled = next(record for record in records if record["url"] == watched.url(PULLED))
    assert (pulled["state"], pulled["versions"], pulled["site"]) == ("missing", 1, "bao")


def test_pages_are_filtered(watched: Watched) -> None:
    assert [record["url"] for record in watched.ask("pages", "--state", "missing", "--json").records] == [
        watched.url(PULLED)
    ]
    assert len(watched.ask("pages", "--limit", "2", "--json").records) == 2
    assert watched.ask("pages", "--state", "moved").out == ""
    assert "--site 'bo' is unknown; the sites are: bao" in fault(watched.ask("pages", "--site", "bo"))
    assert "--site 'bo' is unknown" in fault(watched.ask("edits", "--site", "bo"))


def test_a_site_with_a_file_and_no_crawl_yet_has_no_edits_and_is_no_fault(watched: Watched, tmp_path: Path) -> None:
    watched.paper.site_file(tmp_path, "moi")
    said = watched.ask("edits", "--site", "moi", "--seeds", str(tmp_path), "--json")
    assert (said.status, said.out) == (0, "")


def test_history_has_every_visit_with_the_keys_that_scripts_rely_on(watched: Watched) -> None:
    records = watched.ask("history", watched.url(PULLED), "--json").records
    assert [(record["outcome"], record["status"]) for record in records] == [("new", 200), ("gone", 410)]
    assert all({"at", "outcome", "status", "version", "capture_sha256", "note"} <= record.keys() for record in records)
    assert datetime.fromisoformat(records[0]["at"]).utcoffset() == timedelta(0)


def test_a_person_sees_times_in_the_zone_of_the_machine(watched: Watched) -> None:
    said = luutin("history", watched.url(STEADY), cwd=watched.folder)
    assert all("+07:00" in line for line in said.lines)


@pytest.mark.parametrize("spelling", ["{}?utm_source=facebook&fbclid=1", "{}#binh-luan", " {} "])
def test_a_page_is_found_under_any_spelling_of_its_url(spelling: str, watched: Watched) -> None:
    assert watched.ask("history", spelling.format(watched.url(EDITED)), "--json").records[0]["outcome"] == "new"


def test_a_page_is_found_without_its_scheme(watched: Watched) -> None:
    said = watched.ask("show", watched.url(EDITED).removeprefix("http://"), "--json")
    assert said.records[0]["url"] == watched.url(EDITED)


@pytest.mark.parametrize("beginning", ["https://", "http://www.", "https://www.", "www."])
def test_a_page_is_found_with_another_scheme_and_with_www(beginning: str, watched: Watched) -> None:
    said = watched.ask("show", beginning + watched.url(EDITED).removeprefix("http://"), "--json")
    assert said.records[0]["url"] == watched.url(EDITED)


@pytest.mark.parametrize("url", ["https://a.example/", "nope", "", "a b", "http://"])
@pytest.mark.parametrize("command", ["history", "show", "diff"])
def test_a_page_that_the_archive_does_not_know_is_a_fault(command: str, url: str, watched: Watched) -> None:
    assert "the archive knows no page" in fault(watched.ask(command, url))


def test_show_gives_the_article_of_the_version_asked_for(watched: Watched) -> None:
    (latest,) = watched.ask("show", watched.url(EDITED), "--json").records
    (first,) = watched.ask("show", watched.url(EDITED), "--version", "1", "--json").records
    assert (first["version"], latest["version"]) == (1, 2)
    assert "12,5 km" in first["body"][0]["text"]
    assert "13,5 km" in latest["body"][0]["text"]
    assert latest["title"] == "Khởi công tuyến đường số 1 qua vùng núi"
    assert "version 1 of 2" in watched.ask("show", watched.url(EDITED), "--version", "1").out


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_a_version_that_a_page_does_not_have_is_a_fault(number: str, watched: Watched) -> None:
    assert f"has no version {number}" in fault(watched.ask("show", watched.url(EDITED), "--version", number))
    assert f"has no version {number}" in fault(watched.ask("diff", watched.url(EDITED), "--", "1", number))


def test_raw_is_what_the_site_sent_byte_for_byte(watched: Watched) -> None:
    said = watched.ask("show", watched.url(EDITED), "--version", "1", "--raw")
    assert said.raw == road(1).encode()
    assert (
        sha256(said.raw).hexdigest()
        == watched.ask("show", watched.url(EDITED), "--version", "1", "--json").records[0]["capture_sha256"]
    )


def test_a_page_with_one_version_has_nothing_to_compare(watched: Watched) -> None:
    said = watched.ask("diff", watched.url(STEADY), "--format", "json")
    assert (said.status, said.out) == (0, "")
    assert "nothing to compare" in said.err


def test_that_there_are_no_edits_is_said_beside_the_output(watched: Watched, tmp_path: Path) -> None:
    said = watched.ask("edits", "--kind", "quote")
    assert (said.status, said.out, said.err) == (0, "", "no such edits\n")
    here("init", cwd=tmp_path)
    said = here("edits", cwd=tmp_path)
    assert (said.status, said.out, said.err) == (0, "", "no edits were noticed yet\n")
    as_json = here("edits", "--json", cwd=tmp_path)
    assert (as_json.status, as_json.out, as_json.err) == (0, "", "")


def test_a_diff_from_the_latest_version_says_which_two_to_name(watched: Watched) -> None:
    url = watched.url(EDITED)
    assert fault(watched.ask("diff", url, "2")) == (
        f"luutin: version 2 of {url} is the latest, and none follows it to compare it with; "
        f"name two: luutin diff {url} 1 2\n"
    )


@pytest.mark.parametrize("words", [[], ["1"], ["1", "2"]])
def test_a_diff_compares_the_versions_asked_for(words: list[str], watched: Watched) -> None:
    said = watched.ask("diff", watched.url(EDITED), *words, "--format", "unified")
    assert said.status == 0
    assert "13,5" in said.out


def test_edits_have_the_keys_that_scripts_rely_on(watched: Watched) -> None:
    (edit,) = watched.ask("edits", "--json").records
    assert edit.keys() >= {
        *("id", "url", "site", "from_version", "to_version", "between", "fields", "kinds", "significance", "reasons"),
        *("acknowledged", "status", "removed", "added"),
    }
    assert (edit["url"], edit["kinds"], edit["significance"]) == (watched.url(EDITED), ["number"], "substantive")
    assert (edit["removed"], edit["added"]) == (["12,5"], ["13,5"])
    before, after = map(datetime.fromisoformat, edit["between"])
    assert before < watched.between < after
    (shown,) = watched.ask("diff", edit["url"], "--format", "json").records
    assert shown["between"] == edit["between"]  # one edit, one window


def test_edits_are_filtered(watched: Watched) -> None:
    for words, found in (
        (["--site", "bao"], 1),
        (["--kind", "number"], 1),
        (["--kind", "headline"], 0),
        (["--kind", "number", "--kind", "headline"], 1),
        (["--min-significance", "substantive"], 1),
        (["--pending"], 1),
        (["--since", "1h"], 1),
        (["--since", watched.between.isoformat()], 1),
        (["--since", "2030-01-01"], 0),
    ):
        assert len(watched.ask("edits", *words, "--json").records) == found, words


def test_a_person_sees_what_was_replaced_in_an_edit_among_the_words_beside_it(watched: Watched) -> None:
    (line,) = (line.strip() for line in watched.ask("edits").lines if "13,5" in line)
    assert line == "… tỉnh khởi công tuyến đường số 1, dài [-12,5-] {+13,5+} km, nối bốn xã vùng cao với quốc lộ…"


@pytest.mark.parametrize("words", [["pages"], ["history", "{}"], ["show", "{}"]])
def test_what_a_page_says_of_itself_cannot_act_on_the_terminal(words: list[str], watched: Watched) -> None:
    said = watched.ask(*(word.format(watched.url(HOSTILE)) for word in words))
    assert said.status == 0
    assert not [char for char in said.out if ord(char) < 32 and char != "\n"]
    if words[0] != "history":
        assert any(":fire: [red]mạnh[/] \\ " in line and "Giá xăng" in line for line in said.lines)


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}]
)
def test_output_is_utf_8_whatever_the_locale(env: dict[str, str], watched: Watched) -> None:
    said = luutin("pages", "--site", "bao", cwd=watched.folder, env=env)
    assert said.status == 0, said.err
    assert "Khởi công tuyến đường" in said.out


def test_nothing_is_wrapped_or_cut_off_in_a_narrow_pipe(watched: Watched) -> None:
    for words in (["show", watched.url(EDITED)], ["status"]):
        wide = watched.ask(*words)
        narrow = luutin(*words, cwd=watched.folder, env={"COLUMNS": "20"})
        assert "…" not in narrow.out
        assert len(narrow.lines) == len(wide.lines)


def test_head_may_stop_reading_at_any_time(watched: Watched) -> None:
    script = f"set -o pipefail; '{LUUTIN}' show {watched.url(EDITED)} --raw | head -c 1; '{LUUTIN}' pages | head -n 1"
    ended = subprocess.run(
        ["/bin/bash", "-c", script], cwd=watched.folder, env=environment(), capture_output=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_status_counts_what_the_archive_holds(watched: Watched) -> None:
    *sites, archive = watched.ask("status", "--json").records
    assert [(site["site"], site["pages"], site["live"], site["gone"]) for site in sites] == [("bao", 4, 4, 0)]
    assert (archive["page"], archive["visit"], archive["version"], archive["edit"]) == (4, 8, 5, 1)
    assert "4 pages, 8 visits, 7 captures" in watched.ask("status").out or archive["capture"] == 8
    assert "5 versions, 1 edit; " in watched.ask("status").out


def test_status_names_a_site_that_was_never_crawled(watched: Watched, tmp_path: Path) -> None:
    watched.paper.site_file(tmp_path, "moi")
    (fresh,) = [
        site for site in watched.ask("status", "--json", "--seeds", str(tmp_path)).records if site.get("site") == "moi"
    ]
    assert (fresh["pages"], fresh["last_crawl"], fresh["site_file"]) == (0, None, True)


def test_status_calls_nothing_due_that_no_site_file_has_watched(watched: Watched, tmp_path: Path) -> None:
    said = watched.ask("status", "--json", "--seeds", str(tmp_path))
    assert [(site["site_file"], site["due"], site["next_due"]) for site in said.records[:-1]] == [(False, 0, None)]
    assert "no site file" in watched.ask("status", "--seeds", str(tmp_path)).out


@pytest.mark.parametrize("content", [b"garbage, not a database, long enough to be read as one" * 40, b"\0"])
def test_a_file_that_is_no_archive_is_left_alone(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(content)
    for words in (["pages"], ["crawl"], ["capture", "https://a.example/"], ["status"], ["run"]):
        (tmp_path / "seeds" / "a").mkdir(parents=True, exist_ok=True)
        (tmp_path / "seeds" / "a" / "site.toml").write_text('name = "A"\nhome = "https://a.example/"\n')
        err = fault(here(*words, "--archive", "sqlite:///x.db", cwd=tmp_path))
        assert err.splitlines()[-1].startswith("luutin: ")
    assert (tmp_path / "x.db").read_bytes() == content


def test_an_archive_of_a_newer_release_is_refused(watched: Watched, tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    with sqlite3.connect(tmp_path / "luutin.db") as connection:
        connection.execute("update meta set value = '99' where key = 'schema_version'")
    connection.close()
    watched.paper.site_file(tmp_path / "seeds")
    for words in (["pages"], ["crawl"], ["run"], ["init"]):
        assert fault(here(*words, cwd=tmp_path)).count("Upgrade Luutin") == 1


@pytest.mark.parametrize(
    "archive", ["luutin.db", "sqlite:///:memory:", "mysql://x/y", "sqlite:///folder", "postgresql+nodriver://x/y"]
)
def test_an_archive_that_cannot_be_one_is_refused(archive: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert fault(here("pages", "--archive", archive, cwd=tmp_path)).startswith("luutin: ")


def test_a_search_for_articles_that_is_due_is_told_with_how_long() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    moments = (None, now, now - timedelta(hours=2), now + timedelta(minutes=5))
    assert [_planned(at, now) for at in moments] == ["due", "due for 0 s", "due for 2 h", "in 5 min"]
