"""Recorded cases: replay compares them, record makes them of what the archive holds."""

import gzip
import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from werkzeug import Response

from crawler.sitefiles import load_sites
from crawler.sites import default_site
from crawler.urls import host_key
from storage.archive import init
from tests.commanding import LUUTIN, Newspaper, Said, environment, eventually, fault, here, luutin, newspaper, road
from tests.crawling import crawl
from tests.newsroom import RAIN, URL, Newsroom

SEEDS = Path(__file__).parent.parent / "seeds"
CASE = "bao/number-changed"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A workspace whose archive holds a page with a varied life, and what `record` said of it."""

    folder: Path
    url: str
    said: Said

    @property
    def case(self) -> Path:
        return self.folder / "seeds" / "bao" / "number-changed"


def _cut_short(page: str) -> Response:
    """A response that promises more than it sends."""
    response = Response(page.encode()[:600], content_type="text/html; charset=utf-8")
    response.headers["Content-Length"] = str(len(page.encode()))
    response.automatically_set_content_length = False
    return response


def _packed(page: str) -> Response:
    headers = {"Content-Encoding": "gzip", "ETag": '"x1"', "Last-Modified": "Tue, 11 Mar 2025 13:25:00 GMT"}
    return Response(gzip.compress(page.encode()), content_type="text/html; charset=utf-8", headers=headers)


def _life(paper: Newspaper) -> Iterator[None]:
    """What a page goes through, one step for each visit."""
    path, moved = paper.paths[0], "/khoi-cong-tuyen-duong-so-1-ban-moi-post101.html"
    paper.pages[moved] = road(1, "13,5")
    steps: list[str | Response] = [
        road(1),
        _cut_short(road(1)),
        _packed(road(1, "13,5")),
        Response("not found", status=404),
        road(1, "13,5"),
        Response(status=301, headers={"Location": f"{moved}?utm_source=old"}),
        Response("busy", status=503, headers={"Retry-After": "3600"}),
    ]
    for step in steps:
        paper.pages[path] = step
        yield


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder = tmp_path_factory.mktemp("recorded")
    archive = f"sqlite:///{folder}/luutin.db"
    init(archive, datetime.now(UTC))
    with newspaper() as paper:
        paper.site_file(folder / "seeds")
        url, elsewhere = paper.urls[0], paper.urls[1].replace("127.0.0.1", "localhost")
        for _ in _life(paper):
            crawl(archive, load_sites(folder / "seeds")["bao"], [url])
        crawl(archive, default_site(host_key(elsewhere), elsewhere), [elsewhere], LUUTIN_ALLOW_PRIVATE=True)
    said = luutin("record", url, "--case", "number-changed", cwd=folder)  # the newspaper is off the net by now
    return Recorded(folder, url, said)


@pytest.fixture
def case(recorded: Recorded, tmp_path: Path) -> Path:
    """The recorded case in a workspace that a test may change; with its archive."""
    shutil.copytree(recorded.folder, tmp_path, dirs_exist_ok=True)
    return tmp_path / "seeds" / "bao" / "number-changed"


def test_a_page_with_a_varied_life_is_recorded_and_replays_as_expected(recorded: Recorded) -> None:
    assert recorded.said.status == 0, recorded.said.err
    outcomes = [visit["outcome"] for visit in json.loads((recorded.case / "expected.json").read_text())["visits"]]
    assert outcomes[:5] == ["new", "truncated", "changed", "gone", "identical"]
    assert outcomes[6:] == ["error"]
    said = luutin("replay", CASE, "--json", cwd=recorded.folder)
    assert said.status == 0, said.out
    assert said.records == [{"case": CASE, "ok": True, "updated": False, "mismatches": []}]


def test_a_replay_of_what_was_recorded_comes_to_what_the_archive_says(recorded: Recorded) -> None:
    history = here("history", recorded.url, "--json", cwd=recorded.folder).records
    expected = json.loads((recorded.case / "expected.json").read_text())
    assert [visit["outcome"] for visit in expected["visits"]] == [row["outcome"] for row in history]
    assert [visit["version"] for visit in expected["visits"]] == [row["version"] for row in history]


def test_bodies_are_recorded_as_they_were_sent(recorded: Recorded) -> None:
    assert (recorded.case / "1.html").read_bytes() == road(1).encode()
    assert gzip.decompress((recorded.case / "3.html").read_bytes()) == road(1, "13,5").encode()


def test_a_case_is_not_written_over(case: Path, recorded: Recorded) -> None:
    workspace = case.parents[2]
    assert "--case" in fault(here("record", recorded.url, "--case", case.name, cwd=workspace))


@pytest.mark.parametrize("name", ["../../x", "A b", "", "/abs"])
def test_a_name_that_no_case_can_have_is_refused(name: str, recorded: Recorded) -> None:
    assert "--case" in fault(here("record", recorded.url, "--case", name, cwd=recorded.folder))


def test_a_case_that_cannot_be_written_whole_leaves_nothing(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN, answer=room.response(body=b"x" * 90_000))
    room.close()
    (tmp_path / "seeds" / "vidu" / "notes").mkdir(parents=True)
    ended = luutin("record", URL, cwd=tmp_path, longest=60_000)
    assert (ended.status, ended.err) == (2, "luutin: the output cannot be written: File too large\n")
    assert [path.name for path in (tmp_path / "seeds").rglob("*")] == ["vidu", "notes"]


def test_a_page_that_the_archive_does_not_know_cannot_be_recorded(recorded: Recorded) -> None:
    assert "knows no page" in fault(here("record", "https://a.example/x", cwd=recorded.folder))


def test_a_site_without_a_file_gets_one_with_its_first_case_and_is_told_to_be_watched(case: Path) -> None:
    workspace = case.parents[2]
    (page,) = [
        record for record in here("pages", "--json", cwd=workspace).records if record["site"].startswith("localhost")
    ]
    said = here("record", page["url"], cwd=workspace)
    assert said.status == 0, said.err
    assert f"seeds/{page['site']}/site.toml" in said.err
    assert here("site", "check", cwd=workspace).out == "2 site files are in order\n"
    name = f"{page['site']}/khoi-cong-tuyen-duong-so-2-post102"
    assert here("replay", name, cwd=workspace).status == 0
    assert load_sites(workspace / "seeds")[page["site"]].allow_private  # as it was captured from loopback
    again = here("crawl", page["site"], "--force", "--json", cwd=workspace).records
    assert [one["outcome"] for one in again] == ["error"]  # nobody listens any more; it was not refused


def test_a_site_of_a_public_address_is_recorded_as_one(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN, answer=room.response(address="1.1.1.1"))
    room.close()
    said = here("record", URL, cwd=tmp_path)
    assert said.status == 0, said.err
    ((_, site),) = load_sites(tmp_path / "seeds").items()
    assert not site.allow_private


def test_a_mismatch_names_the_differing_places_and_update_writes_them(case: Path) -> None:
    workspace, path = case.parents[2], case / "expected.json"
    expected = json.loads(path.read_text())
    good = path.read_text()
    expected["visits"][1]["outcome"] = "same"
    expected["edits"][0]["kinds"] = ["name"]
    path.write_text(json.dumps(expected))
    said = here("replay", "bao", cwd=workspace)
    assert said.status == 1
    assert "differs bao/number-changed" in said.out
    assert "visits[1].outcome: expected 'same', got 'truncated'" in said.out
    assert "edits[0].kinds[0]: expected 'name', got 'number'" in said.out
    updated = here("replay", "--update", "--json", cwd=workspace)
    assert (updated.status, updated.records[0]["updated"]) == (0, True)
    assert path.read_text() == good


def test_update_writes_an_expectation_that_is_missing(case: Path) -> None:
    workspace, path = case.parents[2], case / "expected.json"
    good = path.read_text()
    path.unlink()
    assert "--update" in fault(here("replay", cwd=workspace))
    assert here("replay", "--update", cwd=workspace).status == 0
    assert path.read_text() == good


def test_the_faults_of_all_cases_are_told_before_one_is_replayed(case: Path) -> None:
    workspace = case.parents[2]
    for name, text in (
        ("a", 'abuot = "x"\n'),
        ("b", "["),
        ("c", 'about = "x"\nurls = ["x"]\n[[round]]\nat = 2026-01-01T00:00:00Z\n'),
    ):
        (case.parent / name).mkdir()
        (case.parent / name / "case.toml").write_text(text)
    (case.parent / "d").mkdir()
    (case.parent / "d" / "case.toml").write_bytes(b'about = "\xff"')
    (case / "expected.json").write_text("[")
    err = fault(here("replay", cwd=workspace))
    assert "seeds/bao/a/case.toml: abuot: unknown key; did you mean `about`?" in err
    assert "seeds/bao/a/case.toml: about: is required" in err
    assert "seeds/bao/b/case.toml: not TOML" in err
    assert "seeds/bao/c/case.toml: urls: not a web address: x" in err
    assert "seeds/bao/d/case.toml: line 1: not UTF-8" in err
    assert "seeds/bao/number-changed/expected.json: line 1: not JSON" in err


def test_a_case_without_a_site_file_is_a_fault(case: Path) -> None:
    (case.parent / "site.toml").unlink()
    assert "seeds/bao/site.toml" in fault(here("replay", cwd=case.parents[2]))


def test_ctrl_c_during_a_replay_writes_no_expectation(case: Path) -> None:
    path = case / "expected.json"
    path.write_text("{}")
    replaying = subprocess.Popen(
        [LUUTIN, "replay", "--update"], cwd=case.parents[2], env=environment(), stderr=subprocess.PIPE
    )
    eventually(lambda: bool(psutil.Process(replaying.pid).children()))  # the reading process: the crawl has begun
    replaying.send_signal(signal.SIGINT)
    replaying.communicate(timeout=60)
    assert replaying.returncode not in {0, 2}
    assert path.read_text() == "{}"


def test_a_name_that_chooses_nothing_is_a_fault(recorded: Recorded, tmp_path: Path) -> None:
    for name in ("nope", "bao/nope", "bao/number-changed/x", "/"):
        assert f"holds no case {name!r}" in fault(here("replay", name, cwd=recorded.folder))
    assert "luutin record" in fault(here("replay", cwd=tmp_path))


def test_a_recorded_case_of_the_project_replays_from_the_command_line(tmp_path: Path) -> None:
    said = here("replay", "benlamhangngay/removed-410", "--seeds", SEEDS, cwd=tmp_path)
    assert said.status == 0, said.out
    assert said.lines[-1] == "1 case replayed, 0 different from what is expected"
    assert list(tmp_path.iterdir()) == []
