"""Imports through the real command line: an export gives the same ledger, and WARCs of others become visits."""

import gzip
import json
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from werkzeug import Response

from storage.verifying.whole import Verifier
from tests.commanding import Newspaper, Said, fault, here, newspaper, road

URL = "https://baovidu.example/duong-so-1-post101.html"
OTHER = "https://baovidu.example/duong-so-2-post102.html"
HTML = "text/html; charset=utf-8"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with an empty archive."""
    made = tmp_path / "here"
    made.mkdir()
    assert here("init", cwd=made).status == 0
    return made


@pytest.fixture
def other(tmp_path: Path) -> Path:
    made = tmp_path / "there"
    made.mkdir()
    assert here("init", cwd=made).status == 0
    return made


@pytest.fixture
def paper() -> Iterator[Newspaper]:
    with newspaper(3) as one:
        yield one


def ledger(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every visit to every page."""
    pages = here("pages", "--json", cwd=folder).records
    return {page["url"]: here("history", page["url"], "--json", cwd=folder).records for page in pages}


def edits(folder: Path) -> list[dict[str, Any]]:
    return here("edits", "--json", cwd=folder).records


def is_sound(folder: Path) -> bool:
    with Verifier(f"sqlite:///{folder / 'luutin.db'}") as verifier:
        return list(verifier.faults()) == []


class Warc:
    """A WARC of another program, written record by record."""

    def __init__(self, path: Path, *, gzipped: bool = True, version: str = "1.0") -> None:
        self.path = path
        self._file = path.open("wb")
        self._writer = WARCWriter(self._file, gzip=gzipped, warc_version=version)
        self._gzipped = gzipped

    def answer(
        self, date: str, body: bytes, *, url: str = URL, status: str = "200 OK", mime: str = HTML, **more: str
    ) -> Any:
        fields = [("Content-Type", mime)] if mime else []
        fields += [(name.replace("_", "-"), value) for name, value in more.items()]
        record = self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            warc_headers_dict={"WARC-Date": date},
            http_headers=StatusAndHeaders(status, fields, protocol="HTTP/1.1"),
        )
        self._writer.write_record(record)
        return record

    def same(self, date: str, as_record: Any, *, url: str = URL) -> None:
        """A revisit of what another record has."""
        record = self._writer.create_revisit_record(
            url,
            digest=as_record.rec_headers.get_header("WARC-Payload-Digest"),
            refers_to_uri=as_record.rec_headers.get_header("WARC-Target-URI"),
            refers_to_date=as_record.rec_headers.get_header("WARC-Date"),
            http_headers=StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": date},
        )
        self._writer.write_record(record)

    def close(self) -> Path:
        self._file.close()
        return self.path


def page(number: int = 1, length: str = "12,5") -> bytes:
    return road(number, length).encode()


def visits(said: Said) -> list[tuple[str, str]]:
    return [(record["at"][:10], record["outcome"]) for record in said.records]


def crawled(folder: Path, paper: Newspaper) -> None:
    """An archive with visits of many kinds."""
    first, second, third = paper.paths
    urls = [*paper.urls, "http://127.0.0.1:1/nobody-listens.html"]
    capture = ("capture", *urls, "--allow-private", "--delay", "0", "--json")
    assert here(*capture, cwd=folder).status == 0
    paper.pages[first] = road(1, "21,5")
    paper.pages[second] = Response("away", status=410)
    paper.pages[third] = Response(
        gzip.compress(road(3).encode()), content_type=HTML, headers={"Content-Encoding": "gzip"}
    )
    assert here(*capture, cwd=folder).status == 0
    cut = Response(road(2)[:300], content_type=HTML)
    cut.headers["Content-Length"] = "90000"
    paper.pages[second] = cut
    paper.pages[third] = Response("", status=302, headers={"Location": first})
    assert here(*capture, cwd=folder).status == 0


def test_an_export_imported_into_an_empty_archive_gives_the_same_ledger_and_edits(
    folder: Path, other: Path, paper: Newspaper
) -> None:
    crawled(folder, paper)
    assert here("export", "warc", "-o", "a.warc.gz", cwd=folder).status == 0
    said = here("import", folder / "a.warc.gz", "--json", cwd=other)
    assert said.status == 0, said.err
    assert ledger(other) == ledger(folder)
    assert {row["outcome"] for rows in ledger(other).values() for row in rows} >= {
        "new", "changed", "gone", "identical", "truncated", "error",
    }  # fmt: skip
    assert edits(other) == edits(folder)
    assert is_sound(other)
    assert here("export", "warc", "-o", "b.warc.gz", cwd=other).status == 0
    assert (other / "b.cdxj").read_text().replace("b.warc", "a.warc").count("\n") == (
        (folder / "a.cdxj").read_text().count("\n")
    )


def test_a_package_gives_the_same_ledger_and_what_is_not_as_it_was_packed_is_named(
    folder: Path, other: Path, paper: Newspaper
) -> None:
    assert here("capture", *paper.urls, "--allow-private", "--delay", "0", cwd=folder).status == 0
    assert here("export", "wacz", "-o", "a.wacz", cwd=folder).status == 0
    with ZipFile(folder / "a.wacz") as packed, ZipFile(folder / "b.wacz", "w", ZIP_DEFLATED) as remade:
        for name in packed.namelist():
            remade.writestr(name, packed.read(name).replace(b"so-1-post", b"so-7-post"))
    said = here("import", folder / "b.wacz", "--dry-run", cwd=other)
    assert said.status == 1
    assert "b.wacz: pages/pages.jsonl is not the file that datapackage.json names" in said.err
    assert len(said.lines) == 3  # the WARC itself, compressed once more, is sound
    assert here("import", folder / "a.wacz", cwd=other).status == 0
    assert ledger(other) == ledger(folder)


def test_a_warc_that_is_not_the_one_that_was_packed_is_left_out(folder: Path) -> None:
    warcs = {}
    for number in (1, 2):
        warc = Warc(folder / f"{number}.warc", gzipped=False)
        warc.answer("2024-05-01T10:00:00Z", page(number), url=URL.replace("101", f"10{number}"))
        warcs[f"archive/{number}.warc"] = warc.close().read_bytes()
    stated = [{"path": name, "hash": f"sha256:{sha256(data).hexdigest()}"} for name, data in warcs.items()]
    stated[0]["hash"] = f"sha256:{'0' * 64}"
    with ZipFile(folder / "a.wacz", "w") as packed:
        for name, data in warcs.items():
            packed.writestr(name, data)
        packed.writestr("datapackage.json", json.dumps({"resources": stated}))
    said = here("import", folder / "a.wacz", "--json", cwd=folder)
    assert said.status == 1
    assert "a.wacz: archive/1.warc is not the file that datapackage.json names" in said.err
    assert [one["url"] for one in said.records] == [URL.replace("101", "102")]


def test_a_zip_file_that_is_no_package_is_a_clear_fault(folder: Path) -> None:
    with ZipFile(folder / "a.zip", "w") as packed:
        packed.writestr("readme", "hello")
    assert "a.zip: this is no WACZ" in fault(here("import", "a.zip", cwd=folder))


def test_a_wacz_that_is_cut_short_is_called_so(folder: Path) -> None:
    assert here("export", "wacz", "-o", "a.wacz", cwd=folder).status == 0
    (folder / "cut.wacz").write_bytes((folder / "a.wacz").read_bytes()[:-30])
    assert "cut.wacz: this WACZ is damaged: its end is missing" in fault(here("import", "cut.wacz", cwd=folder))


def test_importing_twice_stores_nothing_twice(folder: Path, other: Path, paper: Newspaper) -> None:
    crawled(folder, paper)
    assert here("export", "warc", "-o", "a.warc.gz", cwd=folder).status == 0
    for again in (False, True, True):
        into = folder if again else other
        before = ledger(into)
        said = here("import", folder / "a.warc.gz", "--json", cwd=into)
        assert said.status == 0, said.err
        assert bool(said.records) is not again
        assert (ledger(into) == before) is again
    assert "in the archive already: 12" in said.err


def test_captures_of_others_are_read_and_compared_in_the_order_of_their_dates(folder: Path) -> None:
    later, earlier = Warc(folder / "later.warc.gz"), Warc(folder / "earlier.warc", gzipped=False, version="1.1")
    later.answer("2024-05-03T10:00:00Z", page(length="21,5"))
    later.answer("2024-05-04T10:00:00Z", page(length="21,5"))
    earlier.answer("2024-05-01T10:00:00.25Z", page())
    earlier.answer("2024-05-02T10:00:00Z", page(2), url=OTHER)
    said = here("import", later.close(), earlier.close(), "--json", cwd=folder)
    assert said.status == 0, said.err
    assert visits(said) == [
        ("2024-05-01", "new"), ("2024-05-02", "new"), ("2024-05-03", "changed"), ("2024-05-04", "identical"),
    ]  # fmt: skip
    (edit,) = edits(folder)
    assert (edit["removed"], edit["added"], edit["status"]) == (["12,5"], ["21,5"], "confirmed")
    assert edit["between"] == ["2024-05-01T10:00:00.250000+00:00", "2024-05-03T10:00:00+00:00"]
    assert is_sound(folder)


def test_captures_that_come_later_find_their_place_in_a_history_that_is_there(folder: Path) -> None:
    first, second = Warc(folder / "1.warc.gz"), Warc(folder / "2.warc.gz")
    first.answer("2024-05-01T10:00:00Z", page())
    first.answer("2024-05-07T10:00:00Z", page(length="21,5"))
    second.answer("2024-04-30T10:00:00Z", page(length="10,5"))
    second.answer("2024-05-02T10:00:00Z", page())
    second.answer("2024-05-03T10:00:00Z", page(length="15,5"))
    second.answer("2024-05-06T10:00:00Z", page(length="21,5"))
    assert here("import", first.close(), cwd=folder).status == 0
    said = here("import", second.close(), "--json", cwd=folder)
    assert [outcome for _, outcome in visits(said)] == ["new", "identical", "changed", "changed"], said.err
    between = [tuple(at[5:10] for at in edit["between"]) for edit in edits(folder)]
    assert between == [("04-30", "05-01"), ("05-02", "05-03"), ("05-03", "05-06")]
    assert [(edit["from_version"], edit["to_version"]) for edit in edits(folder)] == [(1, 2), (2, 3), (3, 4)]
    assert [edit["added"] for edit in edits(folder)] == [["12,5"], ["15,5"], ["21,5"]]
    assert [row["version"] for row in here("history", URL, "--json", cwd=folder).records] == [1, 2, 2, 3, 4, 4]
    assert is_sound(folder)
    assert "nothing" in here("import", second.path, first.path, cwd=folder).err
    assert here("evidence", "2", "-o", "edit.zip", cwd=folder).status == 0
    assert here("verify", "edit.zip", cwd=folder).status == 0


def test_what_was_crawled_and_what_is_imported_become_one_history(folder: Path, paper: Newspaper) -> None:
    url = paper.urls[0]
    assert here("capture", url, "--allow-private", "--delay", "0", cwd=folder).status == 0
    warc = Warc(folder / "old.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", page(length="10,5"), url=url)
    warc.answer("2024-05-02T10:00:00Z", page(length="11,5"), url=url)
    said = here("import", warc.close(), "--json", cwd=folder)
    assert [(one["outcome"], one["version"]) for one in said.records] == [("new", 1), ("changed", 2)]
    rows = here("history", url, "--json", cwd=folder).records
    assert [(row["outcome"], row["version"]) for row in rows] == [("new", 1), ("changed", 2), ("new", 3)]
    assert [(edit["from_version"], edit["to_version"]) for edit in edits(folder)] == [(1, 2), (2, 3)]
    paper.pages[paper.paths[0]] = road(1, "99,5")
    (line,) = here("capture", url, "--allow-private", "--delay", "0", "--json", cwd=folder).records
    assert (line["outcome"], line["version"]) == ("changed", 4)
    assert is_sound(folder)


def test_an_export_may_be_imported_in_parts_in_any_order(folder: Path, other: Path, paper: Newspaper) -> None:
    first = paper.paths[0]
    for number, length in enumerate(("12,5", "12,5", "13,5", "13,5", "14,5", "14,5")):
        paper.pages[first] = road(1, length) + f"<!-- {number} -->"
        assert here("capture", paper.urls[0], "--allow-private", "--delay", "0", cwd=folder).status == 0
        assert here("export", "warc", "-o", f"{number}.warc.gz", cwd=folder).status == 0
    for number in (3, 1, 5):  # of each the visits that were not in the one before are the late or the new ones
        assert here("import", folder / f"{number}.warc.gz", cwd=other).status == 0
    assert ledger(other) == ledger(folder)
    assert edits(other) == edits(folder)


def test_a_revisit_has_the_body_of_the_record_that_it_refers_to_in_whatever_file(folder: Path) -> None:
    one, two = Warc(folder / "1.warc.gz"), Warc(folder / "2.warc.gz")
    first = one.answer("2024-05-01T10:00:00Z", page())
    second = one.answer("2024-05-02T10:00:00Z", page(length="21,5"))
    two.same("2024-05-03T10:00:00Z", first)
    two.same("2024-05-04T10:00:00Z", second)
    one.close(), two.close()
    said = here("import", two.path, one.path, "--json", cwd=folder)
    assert [outcome for _, outcome in visits(said)] == ["new", "changed", "same", "same"]
    assert here("show", URL, "--raw", cwd=folder).raw in {page(), page(length="21,5")}


def test_a_revisit_may_refer_to_what_was_imported_before(folder: Path) -> None:
    one, two, three = (Warc(folder / f"{number}.warc.gz") for number in (1, 2, 3))
    first = one.answer("2024-05-01T10:00:00Z", page())
    two.same("2024-05-03T10:00:00Z", first)
    first.rec_headers.replace_header("WARC-Date", "2024-04-30T10:00:00Z")
    three.same("2024-05-04T10:00:00Z", first)
    assert here("import", one.close(), cwd=folder).status == 0
    assert visits(here("import", two.close(), "--json", cwd=folder)) == [("2024-05-03", "identical")]
    said = here("import", three.close(), "--json", cwd=folder)
    assert (said.status, said.out) == (1, "")
    assert f"{URL} at 2024-05-04T10:00:00+00:00: the record that has its body is in none of the files" in said.err


def test_what_is_no_page_is_left_out_and_said(folder: Path) -> None:
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", page())
    warc.answer("2024-05-01T10:00:01Z", b"\x89PNG", url=f"{URL}.png", mime="image/png")
    warc.answer("2024-05-01T10:00:02Z", b"", url=f"{URL}?old", status="301 Moved", Location=URL)
    said = here("import", warc.close(), "--json", cwd=folder)
    assert visits(said) == [("2024-05-01", "new")]
    assert said.status == 0
    assert "left out: 1 image/png, 1 redirects" in said.err


def test_chunks_and_codings_are_undone_and_what_was_sent_is_kept(folder: Path) -> None:
    body = gzip.compress(page())
    chunked = b"%x\r\n%s\r\n5;x=1\r\n%s\r\n0\r\n\r\n" % (len(body) - 5, body[:-5], body[-5:])
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", chunked, Transfer_Encoding="chunked", Content_Encoding="gzip")
    warc.answer("2024-05-02T10:00:00Z", page(), Transfer_Encoding="chunked", Content_Encoding="br")
    said = here("import", warc.close(), "--json", cwd=folder)
    assert [outcome for _, outcome in visits(said)] == ["new", "identical"], said.err
    assert here("show", URL, "--raw", cwd=folder).raw == page()
    assert here("export", "warc", "-o", "b.warc", cwd=folder).status == 0
    assert chunked in (folder / "b.warc").read_bytes()


def test_an_answer_that_is_not_whole_makes_no_version(folder: Path) -> None:
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", page()[:200], Content_Length="5000")
    said = here("import", warc.close(), "--json", cwd=folder)
    assert [(one["outcome"], one["note"]) for one in said.records] == [
        ("truncated", "cut short after 200 of 5000 bytes")
    ]


def test_chunks_of_which_the_last_ones_are_missing_make_no_version(folder: Path) -> None:
    pieces = [page()[at : at + 100] for at in range(0, len(page()), 100)]
    chunks = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces]
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", b"".join([*chunks, b"0\r\n\r\n"]), Transfer_Encoding="chunked")
    warc.answer("2024-05-02T10:00:00Z", b"".join(chunks), Transfer_Encoding="chunked")
    warc.answer("2024-05-03T10:00:00Z", b"".join(chunks)[:250], Transfer_Encoding="chunked")
    warc.answer("2024-05-04T10:00:00Z", chunks[0][:50], Transfer_Encoding="chunked")
    said = here("import", warc.close(), "--json", cwd=folder)
    assert [(one["outcome"], one["note"]) for one in said.records] == [
        ("new", ""),
        ("truncated", f"cut short after {len(page())} bytes"),
        ("truncated", "cut short after 234 bytes"),
        ("truncated", "cut short after 46 bytes"),
    ]
    assert edits(folder) == []


def test_a_date_in_the_future_or_from_before_the_web_is_a_fault(folder: Path) -> None:
    warc = Warc(folder / "a.warc.gz")
    warc.answer("1066-05-01T10:00:00Z", page())
    warc.answer("2024-05-01T10:00:00Z", page())
    warc.answer("2199-05-01T10:00:00Z", page(length="21,5"))
    said = here("import", warc.close(), "--json", cwd=folder)
    assert visits(said) == [("2024-05-01", "new")]
    assert said.status == 1
    assert f"{URL} at 1066-05-01T10:00:00+00:00: this date is from before there was a web" in said.err
    assert f"{URL} at 2199-05-01T10:00:00+00:00: this date is in the future" in said.err


def test_the_scheme_of_an_address_may_be_written_in_capitals(folder: Path) -> None:
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", page(), url=URL.replace("https", "HTTPS"))
    warc.answer("2024-05-01T10:00:00Z", page(), url="baovidu.example/duong-so-3-post103.html")
    said = here("import", warc.close(), "--json", cwd=folder)
    assert [(one["url"], one["outcome"]) for one in said.records] == [(URL, "new")]
    assert "left out: 1 no web address" in said.err


def test_only_one_site_is_imported_where_that_is_asked(folder: Path) -> None:
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", page())
    warc.answer("2024-05-01T10:00:00Z", page(2), url="https://khac.example/bai-post2.html")
    warc.close()
    said = here("import", warc.path, "--site", "khac.example", "--json", cwd=folder)
    assert [one["url"] for one in said.records] == ["https://khac.example/bai-post2.html"]
    assert "left out: 1 of other sites" in said.err
    assert "nothing in these files belongs to it" in fault(here("import", warc.path, "--site", "x", cwd=folder))


def test_the_site_file_says_which_urls_are_articles(folder: Path) -> None:
    site = folder / "seeds" / "vidu" / "site.toml"
    site.parent.mkdir(parents=True)
    site.write_text('name = "V"\nhome = "https://baovidu.example/"\n[discover]\narticles = ["-post\\\\d+"]\n')
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", page())
    warc.answer("2024-05-01T10:00:00Z", page(2), url="https://baovidu.example/thoi-su/")
    said = here("import", warc.close(), "--json", cwd=folder)
    assert [one["url"] for one in said.records] == [URL]
    assert "1 no article by the site file" in said.err
    assert [one["site"] for one in here("pages", "--json", cwd=folder).records] == ["vidu"]


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_an_empty_file_is_a_fault(folder: Path, more: list[str]) -> None:
    (folder / "empty.warc.gz").touch()
    said = here("import", "empty.warc.gz", *more, cwd=folder)
    assert said.status == 1
    assert "empty.warc.gz: this file is empty\n" in said.err


def test_a_dry_run_lists_the_visits_and_stores_nothing(folder: Path) -> None:
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", page())
    said = here("import", warc.close(), "--dry-run", "--json", cwd=folder)
    assert said.records == [{"url": URL, "site": "baovidu.example", "at": "2024-05-01T10:00:00+00:00", "status": 200}]
    assert "to import: 1; nothing was stored" in said.err
    assert ledger(folder) == {}


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_wrong_digest_is_named_with_file_offset_and_url_and_nothing_of_it_is_stored(
    folder: Path, gzipped: bool
) -> None:
    warc = Warc(folder / "a.warc", gzipped=gzipped)
    warc.answer("2024-05-01T10:00:00Z", page())
    at = warc._file.tell()
    record = warc._writer.create_warc_record(
        OTHER,
        "response",
        payload=BytesIO(page(2)),
        length=len(page(2)),
        warc_headers_dict={"WARC-Date": "2024-05-01T11:00:00Z", "WARC-Payload-Digest": f"sha1:{'A' * 32}"},
        http_headers=StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1"),
    )
    warc._writer.write_record(record)
    warc.answer("2024-05-01T12:00:00Z", page(3), url=f"{URL}?3")
    said = here("import", warc.close(), "--json", cwd=folder)
    assert said.status == 1
    assert [one["url"] for one in said.records] == [URL, f"{URL}?3"]
    assert f"a.warc: at byte {at}: {OTHER}: its payload digest is not sha1:{'A' * 32}" in said.err
    assert is_sound(folder)


def test_gzip_damage_is_named_and_the_records_behind_it_are_read(folder: Path) -> None:
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", page())
    start = warc._file.tell()
    warc.answer("2024-05-01T11:00:00Z", page(2), url=OTHER)
    end = warc._file.tell()
    warc.answer("2024-05-01T12:00:00Z", page(3), url=f"{URL}?3")
    data = bytearray(warc.close().read_bytes())
    for at in range(start + 20, end, 37):  # some bits of a flipped byte are in the middle, some in the check sum
        for place in (at, end - 3):
            broken = bytearray(data)
            broken[place] ^= 0x55
            warc.path.write_bytes(broken)
            said = here("import", warc.path, "--dry-run", "--json", cwd=folder)
            assert said.status == 1, place
            assert [one["url"] for one in said.records] == [URL, f"{URL}?3"], (place, said.err)
            assert f"a.warc.gz: at byte {start}" in said.err
    warc.path.write_bytes(data[: end - 40])
    said = here("import", warc.path, "--dry-run", "--json", cwd=folder)
    assert [one["url"] for one in said.records] == [URL]
    assert f"at byte {start}: {OTHER}: the gzip member is cut short" in said.err


def test_a_file_that_was_gzipped_as_a_whole_is_read_too(folder: Path) -> None:
    warc = Warc(folder / "a.warc", gzipped=False)
    warc.answer("2024-05-01T10:00:00Z", page())
    warc.answer("2024-05-02T10:00:00Z", page(length="21,5"))
    data = warc.close().read_bytes()
    for number, packed in enumerate((gzip.compress(data), gzip.compress(data[:900]) + gzip.compress(data[900:]))):
        (folder / f"{number}.warc.gz").write_bytes(packed)
        said = here("import", f"{number}.warc.gz", "--dry-run", "--json", cwd=folder)
        assert [one["at"][:10] for one in said.records] == ["2024-05-01", "2024-05-02"], said.err


def test_what_is_no_warc_is_a_clear_fault(folder: Path) -> None:
    (folder / "a.warc").write_bytes(b"hello")
    said = here("import", "a.warc", cwd=folder)
    assert (said.status, said.out) == (1, "")
    assert "a.warc: at byte 0: no WARC record begins here" in said.err
    assert "missing.warc: cannot be read: No such file" in fault(here("import", "missing.warc", cwd=folder))


def test_what_was_learned_of_a_site_comes_along(folder: Path, other: Path, paper: Newspaper) -> None:
    paper.site_file(folder / "seeds")
    paper.site_file(other / "seeds")
    more = "<p>Mời bạn đọc đặt báo in cả năm với giá ưu đãi tại toà soạn.</p></article>"
    for path in paper.paths:
        paper.pages[path] = str(paper.pages[path]).replace("</article>", more)
    assert here("crawl", cwd=folder).status == 0
    paper.pages[paper.paths[0]] = road(1)
    assert here("crawl", "--force", cwd=folder).status == 0
    assert here("export", "warc", "-o", "a.warc.gz", cwd=folder).status == 0
    said = here("import", folder / "a.warc.gz", cwd=other)
    assert said.status == 0, said.err
    assert ledger(other) == ledger(folder)
    assert edits(other) == edits(folder)


def test_json_lines_are_those_of_a_crawl(folder: Path) -> None:
    warc = Warc(folder / "a.warc.gz")
    warc.answer("2024-05-01T10:00:00Z", page())
    (line,) = here("import", warc.close(), "--json", cwd=folder).records
    assert line == {
        "url": URL, "page": URL, "at": "2024-05-01T10:00:00+00:00", "outcome": "new", "status": 200, "version": 1,
        "note": "", "edit": None,
    }  # fmt: skip
    assert json.dumps(line)
