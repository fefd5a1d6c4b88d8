"""`luutin stamp`, and what `verify`, `evidence`, `status` and `run` make of time stamps by a real authority."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.stamps.keeping import row_crc32
from storage.stamps.statements import statement
from tests.authority import Authority, Keys, make_keys, openssl
from tests.commanding import LUUTIN, Newspaper, Said, environment, eventually, fault, here, newspaper
from tests.newsroom import EDITED, RAIN, Newsroom
from tests.repacking import files_of, repacked

BLOCKED = (
    "import sys; sys.modules['rfc3161_client'] = None; sys.argv[0] = 'luutin'; from luutin.main import main; main()"
)


@pytest.fixture
def folder(tmp_path: Path, authority: Authority) -> Path:
    """A workspace that names an authority, with an archive of two versions, the first of them seen two days ago."""
    made = tmp_path / "here"
    made.mkdir()
    room = Newsroom(f"sqlite:///{made / 'luutin.db'}")
    room.now = datetime.now(UTC) - timedelta(days=2)
    room.sees(RAIN)
    room.now += timedelta(days=1)
    room.sees(EDITED)
    room.sees(EDITED)
    room.gets(304)
    room.close()
    (made / "luutin.toml").write_text(authority.settings())
    return made


def without_client(*words: str, cwd: Path) -> Said:
    """A command of a Luutin that rfc3161-client is not installed for."""
    ended = subprocess.run(
        [sys.executable, "-c", BLOCKED, *words],
        cwd=cwd,
        env=environment(PYTHONPATH=str(Path(__file__).parent.parent)),
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Said(ended.returncode, ended.stdout, ended.stderr.decode())


def alter(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "luutin.db")) as plain, plain:
        plain.execute(statement, values)


def asked(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "luutin.db")) as plain:
        return list(plain.execute(statement))


def faults(folder: Path, *words: str | Path) -> list[str]:
    """What `luutin verify` finds of stamps."""
    said = here("verify", "--json", *words, cwd=folder)
    found = [f"{one['what']}: {one['fault']}" for one in said.records if "fault" in one]
    assert said.status == bool(found), said.err
    return found


def test_the_chains_are_stamped_and_then_nothing_is_to_be_done(folder: Path, authority: Authority) -> None:
    said = here("stamp", cwd=folder)
    assert (said.status, "2 chains CN=Trạm dấu giờ" in said.out) == (0, True), said.err
    assert "was not checked" not in said.err
    again = here("stamp", cwd=folder)
    assert (again.status, again.out, again.err) == (0, "", "the heads of all chains are stamped already\n")
    (told,) = here("stamp", "--json", cwd=folder).records
    assert told == {"url": authority.url, "chains": 2, "time": None, "signer": None, "checked": True}
    assert len(authority.queries) == 1


def test_without_an_authority_it_is_said_where_one_is_named(folder: Path) -> None:
    for text in ("", "readers = 1\n"):
        (folder / "luutin.toml").write_text(text)
        assert "luutin.toml: timestamps.url" in fault(here("stamp", cwd=folder))
    (folder / "luutin.toml").write_text("[timestamps]\n")
    assert "luutin.toml: timestamps.url: is required" in fault(here("stamp", cwd=folder))
    (folder / "luutin.toml").write_text('[timestamps]\nurl = "tsa.example"\n')
    assert "luutin.toml: timestamps.url: must be the http or https address" in fault(here("pages", cwd=folder))


def test_certificates_that_are_none_are_told_with_file_and_key(folder: Path, authority: Authority) -> None:
    settings = authority.settings(certificates=False)
    (folder / "luutin.toml").write_text(f'{settings}certificates = "roots.pem"\n')
    key = "luutin.toml: timestamps.certificates: roots.pem"
    assert f"{key}: cannot be read: No such file" in fault(here("stamp", cwd=folder))
    (folder / "roots.pem").write_text("Kính gửi toà soạn")
    for command in ("stamp", "verify", "run"):
        assert f"{key}: holds no certificates in PEM" in fault(here(command, cwd=folder))
    (folder / "roots.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    assert f"{key}: a certificate in it is damaged: " in fault(here("verify", cwd=folder))
    (folder / "letter").write_text("Kính gửi toà soạn")
    assert fault(here("verify", "--certificates", "letter", cwd=folder)) == (
        "luutin: --certificates: letter: holds no certificates in PEM, each of which begins with "
        "-----BEGIN CERTIFICATE-----\n"
    )
    assert "--certificates: none.pem: cannot be read" in fault(here("verify", "--certificates", "none.pem", cwd=folder))


def test_an_authority_that_fails_is_told_and_nothing_is_stored(folder: Path, authority: Authority) -> None:
    authority.status = 500
    said = here("stamp", "--json", cwd=folder)
    assert (said.status, said.out) == (1, "")
    assert said.err.splitlines()[0].startswith(f"no time stamp from {authority.url}: it answers with status 500")
    assert asked(folder, "SELECT * FROM stamp") == asked(folder, "SELECT * FROM authority") == []


def test_without_certificates_it_is_said_that_no_signature_was_checked(folder: Path, authority: Authority) -> None:
    (folder / "luutin.toml").write_text(authority.settings(certificates=False))
    assert "its signature was not checked" in here("stamp", cwd=folder).err
    said = here("verify", cwd=folder)
    assert said.status == 0
    assert "the signatures of 1 time stamp were not checked" in said.err
    assert here("verify", "--json", cwd=folder).records[-1] == {"stamps": 1, "signatures_checked": False}
    given = ("verify", "--certificates", authority.keys.roots)
    assert here(*given, cwd=folder).err.endswith("the signatures of 1 time stamp hold\n")
    assert here(*given, "--json", cwd=folder).records[-1] == {"stamps": 1, "signatures_checked": True}
    assert "not checked" not in here("backup", "copy.db", cwd=folder).err


def test_without_its_library_stamps_are_refused_and_the_rest_works(folder: Path) -> None:
    here("stamp", cwd=folder)
    how = "which is not installed; add it with: pip install 'luutin[timestamps]'"
    assert how in fault(without_client("stamp", cwd=folder))
    assert how in fault(without_client("run", cwd=folder))
    assert how in fault(without_client("verify", "--certificates", "roots.pem", cwd=folder))
    said = without_client("verify", cwd=folder)
    assert said.status == 0, said.err
    assert "times and signatures of 1 time stamp were not checked" in said.err
    assert without_client("evidence", "1", "-o", "edit.zip", cwd=folder).status == 0
    said = without_client("verify", "edit.zip", cwd=folder)
    assert said.status == 0, said.err
    assert "pip install 'luutin[timestamps]'" in said.err


def test_a_sound_stamp_is_no_fault_and_one_under_other_certificates_is(folder: Path, tmp_path: Path) -> None:
    here("stamp", cwd=folder)
    assert faults(folder) == []
    (found,) = faults(folder, "--certificates", make_keys(tmp_path / "other").roots)
    assert found.startswith("stamp: it is not signed by an authority that the root certificates vouch for")


def restamp(folder: Path, **changed: object) -> None:
    """Alter the stamp, with the checksum of its row made to fit."""
    (row,) = asked(folder, "SELECT at, url, said, token FROM stamp")
    values = dict(zip(("at", "url", "said", "token"), row, strict=True)) | changed
    at = datetime.fromisoformat(str(values["at"])).replace(tzinfo=UTC)
    made = row_crc32(values | {"at": at})
    columns = ", ".join(f"{name} = ?" for name in (*values, "crc32"))
    alter(folder, f"UPDATE stamp SET {columns}", *values.values(), made)


def test_each_fault_of_a_stamp_is_named(folder: Path, authority: Authority) -> None:
    here("stamp", cwd=folder)
    ((at, said, token),) = asked(folder, "SELECT at, said, token FROM stamp")
    assert isinstance(token, bytes)
    alter(folder, "UPDATE stamp SET url = 'http://127.0.0.1/khac'")
    assert faults(folder) == ["stamp: is not kept as it was written"]
    restamp(folder, url=authority.url)
    assert faults(folder) == []
    other = authority.keys.answer(_query(authority.keys))
    for changed, words in (
        ({"said": f"{said} "}, "is of something else than heads of chains"),
        ({"said": "{}"}, "is of something else than heads of chains"),
        ({"token": token[:-30]}, "is no time stamp"),
        ({"token": token[:-20] + bytes([token[-20] ^ 1]) + token[-19:]}, "root certificates"),
        ({"token": other[9:]}, "stamps something else"),
        ({"at": "2020-01-01 00:00:00.000000"}, "it was had at 2020-01-01"),
    ):
        restamp(folder, **changed)
        (found,) = faults(folder)
        assert found.startswith("stamp: "), changed
        assert words in found
        restamp(folder, at=at, said=said, token=token)
    assert faults(folder) == []


def _query(keys: Keys) -> bytes:
    """A query for something else."""
    (keys.folder / "else.txt").write_text("Kính gửi toà soạn")
    openssl("ts", "-query", "-data", "else.txt", "-sha256", "-cert", "-out", "else.tsq", cwd=keys.folder)
    return (keys.folder / "else.tsq").read_bytes()


def test_a_chain_that_was_cut_short_is_found_by_the_stamp_alone(folder: Path) -> None:
    """The last visit is of the day that no entry closes yet."""
    here("stamp", cwd=folder)
    ((entry,),) = asked(folder, "SELECT max(seq) FROM link WHERE site_id = 1")
    for statement_ in (
        "DELETE FROM link WHERE site_id = 1 AND visit_id = 4",
        "DELETE FROM visit WHERE id = 4",
        "DELETE FROM capture WHERE id = 4",
    ):
        alter(folder, statement_)
    assert faults(folder) == [f"stamp: entry {entry} is not the one that was stamped"]


def test_visits_that_are_said_to_be_later_than_the_stamp_of_them_are_a_fault(
    tmp_path: Path, authority: Authority
) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.now = datetime.now(UTC) + timedelta(days=3)
    room.sees(RAIN)
    room.close()
    (tmp_path / "luutin.toml").write_text(authority.settings())
    here("stamp", cwd=tmp_path)
    (found,) = faults(tmp_path)
    assert "but it covers a visit that is said to be of" in found


def packed(folder: Path, name: str = "edit.zip") -> Path:
    said = here("evidence", "1", "-o", name, cwd=folder)
    assert said.status == 0, said.err
    return folder / name


def test_evidence_brings_the_stamps_that_cover_it_and_is_checked_without_the_archive(
    folder: Path, authority: Authority, tmp_path: Path
) -> None:
    assert not any(name.startswith("stamp") for name in files_of(packed(folder, "before.zip")))
    here("stamp", cwd=folder)
    files = files_of(packed(folder))
    assert {"stamp-1.json", "stamp-1.tst", "certificates.pem"} <= files.keys()
    readme = files["README.txt"].decode()
    assert authority.url in readme
    assert "--certificates ROOTS.pem" in readme
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / "edit.zip").rename(elsewhere / "edit.zip")
    said = here("verify", "edit.zip", cwd=elsewhere)
    assert said.status == 0, said.err
    assert "signed by CN=Trạm dấu giờ under certificates.pem in the file" in said.err
    given = here("verify", "edit.zip", "--certificates", authority.keys.roots, "--json", cwd=elsewhere)
    (told,) = given.records
    assert (told["stamp"], told["signer"], told["under"]) == (1, "CN=Trạm dấu giờ", "own")
    assert told["covers"].keys() == {"vidu"}
    other = make_keys(tmp_path / "other").roots
    refused = here("verify", "edit.zip", "--certificates", other, cwd=elsewhere)
    assert refused.status == 1
    assert "stamp-1.tst: it is not signed by an authority that the root certificates vouch for" in refused.out


def test_a_stamp_that_does_not_hold_is_not_packed(folder: Path) -> None:
    here("stamp", cwd=folder)
    ((token,),) = asked(folder, "SELECT token FROM stamp")
    assert isinstance(token, bytes)
    restamp(folder, token=token[:-20] + bytes([token[-20] ^ 1]) + token[-19:])
    refused = here("evidence", "1", "-o", "edit.zip", cwd=folder)
    assert refused.status == 1
    assert refused.err.startswith("stamp 1 ")
    assert "nothing was packed" in refused.err
    restamp(folder, said="{}", token=token)  # it covers nothing now, so it does not go in
    assert packed(folder).exists()


def test_evidence_without_certificates_says_that_the_signature_was_not_checked(
    folder: Path, authority: Authority
) -> None:
    (folder / "luutin.toml").write_text(authority.settings(certificates=False))
    here("stamp", cwd=folder)
    said = here("verify", packed(folder), cwd=folder)
    assert said.status == 0, said.err
    assert "the signature was not checked" in said.err


def test_the_first_stamp_of_each_entry_that_is_needed_is_packed(tmp_path: Path, authority: Authority) -> None:
    (tmp_path / "luutin.toml").write_text(authority.settings())
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.now = datetime.now(UTC) - timedelta(days=1)
    steps: list[Callable[[], object]] = [
        lambda: room.sees(RAIN),  # needed
        lambda: room.gets(304),
        lambda: room.sees(EDITED),  # needed
        lambda: room.sees(EDITED),  # the edit is confirmed, which is the last that is said of it
        lambda: room.gets(304),
    ]
    for step in steps:
        step()
        assert here("stamp", cwd=tmp_path).status == 0
    room.close()
    kept = asked(tmp_path, "SELECT said FROM stamp ORDER BY id")
    files = files_of(packed(tmp_path))
    names = sorted(name for name in files if name.endswith(".json") and name.startswith("stamp"))
    wanted = [str(kept[place][0]).encode() for place in (0, 2, 3)]
    assert [files[name] for name in names] == wanted


def cut_chain(files: dict[str, bytes]) -> None:
    """End the chain before the entry that was stamped."""
    lines = files["chain-1.jsonl"].splitlines(keepends=True)[:-1]
    about, last = json.loads(files["evidence.json"]), json.loads(lines[-1])
    about["heads"] = {"vidu": [last["seq"], last["digest"]]}
    files["evidence.json"] = json.dumps(about).encode()
    files["chain-1.jsonl"] = b"".join(lines)


def swap_token(files: dict[str, bytes]) -> None:
    files["stamp-1.tst"] = files["stamp-1.tst"][:-20] + b"\0" + files["stamp-1.tst"][-19:]


def of_other_chains(files: dict[str, bytes]) -> None:
    files["stamp-1.json"] = statement({"khac": (9, b"x" * 32)})


def of_another_day(files: dict[str, bytes]) -> None:
    about = json.loads(files["evidence.json"])
    about["stamps"][0]["at"] = "2020-01-01T00:00:00+00:00"
    files["evidence.json"] = json.dumps(about).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (cut_chain, "is not the one that was stamped"),
        (swap_token, "stamp-1.tst: it is not signed by"),
        (of_other_chains, "stamp-1.json names the head of no chain that is here"),
        (of_another_day, "it was had at 2020-01-01"),
        (lambda files: files.pop("stamp-1.tst") and None, "not complete"),
        (lambda files: files.update({"certificates.pem": b"x"}), "root certificates"),
    ],
    ids=["chain cut", "token altered", "other chains", "another day", "token gone", "certificates gone"],
)
def test_stamps_that_do_not_fit_the_evidence_are_found(
    folder: Path, change: Callable[[dict[str, bytes]], None], words: str
) -> None:
    here("stamp", cwd=folder)
    said = here("verify", repacked(packed(folder), change), cwd=folder)
    assert said.status == 1
    assert words in said.out, said.out


def test_status_tells_of_the_last_stamp_and_of_an_authority_that_fails(folder: Path, authority: Authority) -> None:
    assert here("status", "--json", cwd=folder).records[-1]["last_stamp"] is None
    here("stamp", cwd=folder)
    told = here("status", "--json", cwd=folder).records[-1]
    assert (told["last_stamp"][:2], told["stamp_trouble"]) == ("20", "")
    alter(folder, "UPDATE authority SET outcome = 'refused', note = 'it refuses', failures = 3")
    assert here("status", "--json", cwd=folder).records[-1]["stamp_trouble"] == "refused: it refuses"
    assert "since then refused: it refuses" in here("status", cwd=folder).out
    alter(folder, "UPDATE authority SET url = ?", "http://127.0.0.1/khac")
    assert here("status", "--json", cwd=folder).records[-1]["stamp_trouble"] == ""
    assert authority.url


def running(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [LUUTIN, "run", "--allow-private"], cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True
    )


def ended(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def test_the_daemon_has_the_chains_stamped_besides_crawling(folder: Path, authority: Authority) -> None:
    with newspaper(1) as paper:
        paper.site_file(folder / "seeds")
        process = running(folder)
        eventually(lambda: bool(asked(folder, "SELECT * FROM stamp")))
        said = ended(process)
    assert f"{authority.url} stamped the heads of 2 chains" in said
    assert faults(folder) == []


def crawled(folder: Path, paper: Newspaper) -> bool:
    return bool(asked(folder, "SELECT * FROM visit WHERE outcome = 'new' AND url LIKE 'http://127%'")) and bool(
        paper.asked
    )


def test_a_failing_authority_stops_no_crawl(folder: Path, authority: Authority) -> None:
    authority.status = 500
    with newspaper(1) as paper:
        paper.site_file(folder / "seeds")
        process = running(folder)
        eventually(lambda: bool(asked(folder, "SELECT * FROM authority")) and crawled(folder, paper))
        said = ended(process)
    assert f"no time stamp from {authority.url}: refused: it answers with status 500" in said
    assert asked(folder, "SELECT outcome, failures FROM authority") == [("refused", 1)]
    assert asked(folder, "SELECT * FROM stamp") == []
