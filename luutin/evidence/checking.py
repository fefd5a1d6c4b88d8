"""Verifies a file of evidence by itself: no archive, no network."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from luutin.evidence import stamps, warcs
from luutin.evidence.packing import FORM, signed
from storage.chain import forms
from storage.digests import sha256
from storage.errors import ArchiveError

_CANNOT = (KeyError, ValueError, TypeError, IndexError, AttributeError, RecursionError)  # what damaged JSON leads to

_UNREADABLE = (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)  # what a damaged zip leads to

_SQLITE = b"SQLite format 3\0"  # what a database begins with: https://sqlite.org/fileformat.html


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of checking a file of evidence: what is wrong, in sentences, or else what its time stamps show.

    `heads` are the number and the digest of the last entry of each chain, by its site, where nothing is wrong.
    """

    faults: tuple[str, ...]
    stamps: tuple[stamps.Shown, ...]
    heads: Mapping[str, tuple[int, str]]


def checked(path: Path, certificates: bytes | None = None) -> Checked:
    """Check a file of evidence; its time stamps by these root certificates (PEM), or else by those in the file.

    Raises:
        ArchiveError: it is no such file, or one of a newer release.
    """
    files, about, damaged = _opened(path)
    found = [*damaged.values(), *_of_files(files, about, damaged)]
    shown: tuple[stamps.Shown, ...] = ()
    try:
        found += _of_contents(files, about)
        chains = _chains(files, about)
        found += stamps.faults(files, about, chains, certificates)
        shown = () if found else tuple(stamps.shown(files, about, chains, certificates))
    except _CANNOT as error:
        if not damaged:  # else that is why
            found.append(f"the evidence is not complete: {type(error).__name__}: {error}")
    heads = {} if found else {site: (int(seq), str(digest)) for site, (seq, digest) in about["heads"].items()}
    return Checked(faults=tuple(found), stamps=shown, heads=heads)


def _opened(path: Path) -> tuple[dict[str, bytes], dict[str, Any], dict[str, str]]:
    """The files, what is told of them, and of those that cannot be unpacked why."""
    files: dict[str, bytes] = {}
    damaged: dict[str, str] = {}
    try:
        with ZipFile(path) as packed:
            about = json.loads(packed.read("evidence.json"))
            newer = about["form"] > FORM
            for name in packed.namelist():
                try:
                    files[name] = packed.read(name)
                except _UNREADABLE as error:
                    damaged[name] = f"{name} cannot be unpacked, as it is damaged: {error}"
    except FileNotFoundError as error:
        raise ArchiveError(f"{path}: there is no such file") from error
    except (*_UNREADABLE, *_CANNOT) as error:
        if _is_database(path):
            hint = f"an archive is verified with: luutin verify --archive sqlite:///{path}"
            raise ArchiveError(f"{path}: this is a database, and no evidence that Luutin packed; {hint}") from error
        raise ArchiveError(f"{path}: this is no evidence that Luutin packed, or it is damaged: {error}") from error
    if newer:
        raise ArchiveError(f"{path}: this was packed by a newer release; upgrade Luutin")
    return files, about, damaged


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _chains(files: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The entries that were packed, by the site of their chain."""
    return {
        site: [json.loads(line) for line in files[f"chain-{number}.jsonl"].splitlines()]
        for number, site in enumerate(about["heads"], 1)
    }


def _of_files(files: Mapping[str, bytes], about: Mapping[str, Any], damaged: Mapping[str, str]) -> Iterator[str]:
    if signed(dict(about)) != about:
        yield "evidence.json is not what was packed"
    told = about.get("files", {})
    for name in sorted((files.keys() | told.keys()) - damaged.keys()):
        if name not in files:
            yield f"{name} is missing"
        elif name != "evidence.json" and sha256(files[name]) != told.get(name):
            yield f"{name} is not the file that was packed"


def _of_contents(files: Mapping[str, bytes], about: Mapping[str, Any]) -> Iterator[str]:
    stated: dict[tuple[str, str], str] = {}
    captures: dict[int, Mapping[str, Any]] = {}
    for number, (site, entries) in enumerate(_chains(files, about).items(), 1):
        faults = _of_chain(entries, site, about["heads"][site])
        yield from (f"chain-{number}.jsonl: {fault}" for fault in faults)
        for entry in entries:
            _take(entry["said"], stated, captures)
    rows = json.loads(files["rows.json"])
    yield from _of_rows(rows, stated)
    yield from _of_edit(files, about, rows)
    yield from _of_captures(files, about, captures)


def _of_chain(entries: list[dict[str, Any]], site: str, head: list[Any]) -> Iterator[str]:
    before, expected = None, entries[0]["seq"]
    if expected == 1 and entries[0]["before"] != forms.beginning(site).hex():
        yield f"entry 1 does not begin the chain of {site}"
    for entry in entries:
        seq = entry["seq"]
        if seq != expected or (before is not None and entry["before"] != before):
            yield f"entry {seq} does not follow the one before it"
        if forms.link_digest(seq, bytes.fromhex(entry["before"]), entry["said"]).hex() != entry["digest"]:
            yield f"entry {seq} is not what its digest was made of"
        before, expected = entry["digest"], seq + 1
    if [expected - 1, before] != head:
        yield f"the head is entry {expected - 1}, which is not the one in evidence.json"


def _take(said: Mapping[str, Any], stated: dict[tuple[str, str], str], captures: dict[int, Mapping[str, Any]]) -> None:
    if said.get("capture"):
        captures[said["capture"]["id"]] = said["capture"]
    for table, digests in said.get("rows", {}).items():
        stated |= {(table, number): digest for number, digest in digests.items() if digest is not None}


def _of_rows(rows: Mapping[str, Any], stated: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for table, found in rows.items():
        for row in found:
            if stated.get((table, str(row["id"]))) != sha256(forms.canonical({table: row})):
                yield f"rows.json: what {table} {row['id']} says is not what was entered in the chain"


def _of_edit(files: Mapping[str, bytes], about: Mapping[str, Any], rows: Mapping[str, Any]) -> Iterator[str]:
    """Whether rows, texts and captures are those of the edit."""
    (edit,), (page,) = rows["edit"], rows["page"]
    versions, readings = rows["version"], rows["reading"]
    named = [edit["from_version_id"], edit["to_version_id"]]
    if (edit["id"], page["url"], page["id"]) != (about["edit"], about["url"], edit["page_id"]):
        yield "rows.json is about another edit or page than evidence.json"
    if [row["id"] for row in versions] != named or [row["version_id"] for row in readings] != named:
        yield "rows.json: versions or readings are not those of the edit"
    if [row["capture_id"] for row in versions] != [one["id"] for one in about["captures"]]:
        yield "evidence.json: the captures are not those of the versions"
    for reading, name in zip(readings, ("text-old.json", "text-new.json"), strict=True):
        if sha256(files[name]) != reading["body"]:
            yield f"{name} is not the text that was entered in the chain"


def _of_captures(
    files: Mapping[str, bytes], about: Mapping[str, Any], captures: Mapping[int, Mapping[str, Any]]
) -> Iterator[str]:
    records = list(warcs.read(BytesIO(files["captures.warc.gz"])))
    if [record.kind for record in records] != ["response", "request"] * len(about["captures"]):
        yield "captures.warc.gz does not hold two responses with their requests"
        return
    for number, one in enumerate(about["captures"]):
        entered = captures[one["id"]]
        response, request = records[2 * number], records[2 * number + 1]
        head, body = response.block[: one["head_bytes"]], response.block[one["head_bytes"] :]
        told = (sha256(head), sha256(body), sha256(request.block), response.uri)
        if told != (entered["head"], entered["wire_sha256"], entered["request_head"], entered["url"]):
            yield f"captures.warc.gz: capture {one['id']} is not what was entered in the chain"
