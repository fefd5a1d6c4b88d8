"""Evidence for an edit: packed from a real archive, checked without it; every alteration is found."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from warcio.archiveiterator import ArchiveIterator

from luutin.evidence.checking import checked
from storage.visits import FoundPage
from tests.commanding import fault, here, luutin
from tests.newsroom import EDITED, FOOTBALL, NEW_URL, OTHER_URL, RAIN, URL, Newsroom
from tests.repacking import files_of, repacked


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Evidence for the first edit, in a folder without an archive."""
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(FOOTBALL, url=OTHER_URL)
    room.sees(RAIN)
    room.gets(304)
    room.fails()
    room.sees(EDITED, answer=room.response(wire=b"as it was sent"))
    room.sees(EDITED)
    room.close()
    said = luutin("evidence", "1", "-o", "edit.zip", cwd=tmp_path)
    assert said.status == 0, said.err
    (tmp_path / "elsewhere").mkdir()
    return Path(shutil.move(tmp_path / "edit.zip", tmp_path / "elsewhere" / "edit.zip"))


def test_evidence_is_checked_on_a_machine_without_the_archive(packed: Path) -> None:
    said = luutin("verify", "edit.zip", cwd=packed.parent)
    assert (said.status, said.out) == (0, "")
    assert "edit.zip: no fault" in said.err
    assert [path.name for path in packed.parent.iterdir()] == ["edit.zip"]


def test_the_head_that_is_to_be_compared_with_one_kept_elsewhere_is_printed(packed: Path) -> None:
    (whole,) = here("verify", "--json", cwd=packed.parent.parent).records
    told = f"head of vidu: entry {whole['entries']}, {whole['head']}\n"
    assert told in here("verify", packed, cwd=packed.parent).err
    assert not any("head" in record for record in here("verify", packed, "--json", cwd=packed.parent).records)


def test_evidence_holds_the_captures_the_texts_the_visits_and_a_plain_readme(packed: Path) -> None:
    files = files_of(packed)
    assert [json.loads(line)["outcome"] for line in files["visits.jsonl"].splitlines()] == [
        "new", "not-modified", "error", "changed",
    ]  # fmt: skip
    assert "35 tuyến phố" in files["text-old.json"].decode()
    assert "53 tuyến phố" in files["text-new.json"].decode()
    assert "53" in files["diff.html"].decode()
    assert json.loads(files["diff.json"])
    about = json.loads(files["evidence.json"])
    assert about["url"] == URL
    assert {"luutin", "trafilatura", "python"} <= about["tools"].keys()
    readme = files["README.txt"].decode()
    assert "WHAT IT DOES NOT PROVE" in readme
    assert about["heads"]["vidu"][1] in readme


def test_the_warc_holds_what_was_sent_and_received_byte_for_byte(packed: Path) -> None:
    data = files_of(packed)["captures.warc.gz"]
    records = [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
        for record in ArchiveIterator(BytesIO(data))
    ]
    assert [(kind, uri) for kind, uri, _ in records] == [("response", URL), ("request", URL)] * 2
    assert records[2][2] == b"as it was sent"
    (packed.parent / "captures.warc.gz").write_bytes(data)
    warcio = Path(sys.executable).with_name("warcio")
    checked = subprocess.run(
        [warcio, "check", "-v", packed.parent / "captures.warc.gz"], capture_output=True, check=True
    )
    assert checked.stdout.count(b"digest pass") == 4


def _names(path: Path) -> list[str]:
    return list(files_of(path))


def test_no_file_can_be_altered_left_out_or_put_in(packed: Path) -> None:
    for name in _names(packed):
        for data in (None, b"", b"{}", b"x"):

            def change(files: dict[str, bytes], name: str = name, data: bytes | None = data) -> None:
                files.pop(name) if data is None else files.update({name: data})

            made = repacked(packed, change, honest=True)
            assert here("verify", made, cwd=packed.parent).status != 0, (name, data)
    put = repacked(packed, lambda files: files.update({"more.txt": b"x"}), honest=True)
    assert list(checked(put).faults) == ["more.txt is not the file that was packed"]


def _edit_text(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        assert old in files[name], name
        files[name] = files[name].replace(old, new, 1)

    return change


def _cut_chain(files: dict[str, bytes]) -> None:
    lines = files["chain-1.jsonl"].splitlines(keepends=True)
    files["chain-1.jsonl"] = b"".join(lines[:3] + lines[4:])


def _swap_chain(files: dict[str, bytes]) -> None:
    lines = files["chain-1.jsonl"].splitlines(keepends=True)
    files["chain-1.jsonl"] = b"".join([*lines[:2], lines[3], lines[2], *lines[4:]])


def _shorten_chain(files: dict[str, bytes]) -> None:
    files["chain-1.jsonl"] = b"".join(files["chain-1.jsonl"].splitlines(keepends=True)[:-1])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_edit_text("text-new.json", b"53", b"54"), "text-new.json is not the text that was entered"),
        (_edit_text("rows.json", b'"substantive"', b'"cosmetic"'), "what edit 1 says is not what was entered"),
        (_edit_text("chain-1.jsonl", b'"status":304', b'"status":200'), "is not what its digest was made of"),
        (_edit_text("evidence.json", b'"head_bytes": ', b'"head_bytes": 1'), "is not what was entered in the chain"),
        (_cut_chain, "does not follow the one before it"),
        (_swap_chain, "does not follow the one before it"),
        (_shorten_chain, "is not the one in evidence.json"),
    ],
)
def test_what_does_not_fit_the_chain_is_found_though_the_files_digests_were_made_anew(
    packed: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    found = checked(repacked(packed, change, honest=False)).faults
    assert any(said in one for one in found), found


def _alter(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "luutin.db")) as plain, plain:
        plain.execute(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE edit SET significance = 'minor' WHERE id = 1", "edit 1 says something else than was entered"),
        ("UPDATE edit SET changes = x'00' WHERE id = 1", "edit 1 not as it was written: changes"),
        ("UPDATE edit SET after = 'yesterday' WHERE id = 1", "edit 1 not as it was written: after"),
        ("UPDATE visit SET note = 'x' WHERE id = 4", "the entry is not what its digest was made of"),
        ("UPDATE page SET url = 'https://khac.example/' WHERE id = 2", "page 2 says something else than was entered"),
        ("UPDATE capture SET address = '203.0.113.9' WHERE id = 2", "the entry is not what its digest was made of"),
        ("UPDATE body SET data = x'00' WHERE id = 3", "body 3 is not kept as it was written"),
        ("UPDATE body SET data = x'00' WHERE chain = 'text:2'", "is not kept as it was written"),
        ("DELETE FROM reading WHERE version_id = 2", "have not one current reading each"),
        ("DELETE FROM version WHERE id = 2", "version 2 is missing"),
        ("DELETE FROM visit WHERE id = 3", "visit 3 the visit of the entry is missing"),
        ("DELETE FROM link WHERE visit_id = 3", "stands none with the number"),
        ("DELETE FROM site", "edit 1 is in no chain"),
    ],
)
def test_what_does_not_fit_the_chain_is_not_packed(packed: Path, statement: str, said: str) -> None:
    folder = packed.parent.parent
    _alter(folder, statement)
    refused = here("evidence", "1", "-o", "edit.zip", cwd=folder)
    assert (refused.status, refused.out) == (1, "")
    assert said in refused.err
    assert "nothing was packed" in refused.err
    wanted = here("evidence", "1", "-o", "edit.zip", "--damaged", cwd=folder)
    assert wanted.status == 1
    assert said in wanted.err
    made = folder / "edit.zip"
    assert made.exists() == ("made edit.zip" in wanted.err)
    assert not made.exists() or checked(made).faults
    assert made.exists() or "nothing was packed, as what is damaged cannot be" in wanted.err


def test_what_was_altered_but_does_not_go_in_hinders_no_evidence(packed: Path) -> None:
    folder = packed.parent.parent
    _alter(folder, "UPDATE visit SET note = 'x' WHERE id = 1")
    _alter(folder, "UPDATE body SET data = x'00' WHERE chain = 'text:1'")
    assert here("verify", cwd=folder).status == 1
    said = here("evidence", "1", "-o", "edit.zip", cwd=folder)
    assert said.status == 0, said.err
    assert checked(folder / "edit.zip").faults == ()


def test_a_file_that_was_damaged_on_its_way_is_named(packed: Path) -> None:
    data = bytearray(packed.read_bytes())
    with ZipFile(packed) as opened:
        place = opened.getinfo("diff.html").header_offset + 60
    data[place] ^= 1
    packed.write_bytes(data)
    said = here("verify", packed, cwd=packed.parent)
    assert said.status == 1
    assert "diff.html cannot be unpacked" in said.out


def test_a_text_that_was_damaged_on_its_way_is_named_as_damaged_and_not_as_missing(packed: Path) -> None:
    data = bytearray(packed.read_bytes())
    with ZipFile(packed) as opened:
        place = opened.getinfo("text-old.json").header_offset + 60
    data[place] ^= 1
    packed.write_bytes(data)
    said = here("verify", packed, cwd=packed.parent)
    assert said.status == 1
    (line,) = said.lines
    assert line.startswith("text-old.json cannot be unpacked, as it is damaged: ")


def test_an_edit_of_a_page_that_came_from_another_site_brings_both_chains(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN)
    room.archive.watch_site("khac", room.now)
    room.archive.add_pages("khac", [FoundPage(url=NEW_URL)], room.now)
    room.sees(EDITED, url=NEW_URL)
    room.sees(EDITED, identity=NEW_URL)
    room.close()
    said = here("evidence", "1", "-o", "edit.zip", cwd=tmp_path)
    assert said.status == 0, said.err
    assert {"chain-1.jsonl", "chain-2.jsonl"} <= files_of(tmp_path / "edit.zip").keys()
    assert checked(tmp_path / "edit.zip").faults == ()


def test_evidence_is_not_written_over_and_an_edit_has_to_be_there(packed: Path) -> None:
    folder = packed.parent.parent
    assert "there is no edit 9" in fault(here("evidence", "9", "-o", "none.zip", cwd=folder))
    assert not (folder / "none.zip").exists()
    assert "is there already" in fault(here("evidence", "1", "-o", packed, cwd=folder))


def test_a_zip_is_not_written_to_standard_output(packed: Path) -> None:
    folder = packed.parent.parent
    assert "not written to standard output" in fault(here("evidence", "1", "-o", "-", cwd=folder))
    assert "not written to standard output" in fault(here("backup", "-", cwd=folder))
    assert not (folder / "-").exists()


def test_an_archive_in_place_of_evidence_is_told_how_to_be_verified(packed: Path) -> None:
    said = fault(here("verify", "luutin.db", cwd=packed.parent.parent))
    assert said.endswith("an archive is verified with: luutin verify --archive sqlite:///luutin.db\n")


def test_what_is_no_evidence_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "letter.zip").write_text("Kính gửi toà soạn")
    assert "no evidence that Luutin packed" in fault(here("verify", "letter.zip", cwd=tmp_path))
    assert "no such file" in fault(here("verify", "none.zip", cwd=tmp_path))
    with ZipFile(tmp_path / "other.zip", "w") as opened:
        opened.writestr("a.txt", "a")
    assert "no evidence that Luutin packed" in fault(here("verify", "other.zip", cwd=tmp_path))
