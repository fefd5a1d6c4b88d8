"""Packs the evidence for one edit into a zip file: captures, texts, rows, chain, difference, versions, and a README."""

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from luutin.diff_html import side_by_side_page
from luutin.diff_rows import Heading
from luutin.diffs import as_json
from luutin.evidence import explaining, stamps, warcs
from luutin.output import edit_fields, history_fields
from storage.articles import from_bytes
from storage.chain.forms import canonical
from storage.changes import Comparison
from storage.digests import sha256
from storage.newfiles import new_file
from storage.rows import EditRow, HistoryRow, RawCapture
from storage.verifying.proof import Proof, Prover

FORM = 1  # of the file; a verifier refuses a greater one
_TOOLS = ("luutin", "trafilatura", "lxml", "warcio", "sqlalchemy", "rapidfuzz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is known of an edit: its row, the page's visits from the one capture to the other, captures and heading.

    `certificates` are the root certificates that time stamps are signed under, in PEM, where they are known.
    """

    edit: EditRow
    visits: tuple[HistoryRow, ...]
    captures: tuple[RawCapture, RawCapture]
    heading: Heading
    comparison: Comparison
    certificates: bytes = b""


def pack(path: Path, prover: Prover, proof: Proof, material: Material, now: datetime) -> None:
    """Write the evidence to a file.

    Raises:
        ArchiveError: there is something at `path` already.
    """
    with new_file(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as packed:
        _write(packed, prover, proof, material, now)


def _write(packed: ZipFile, prover: Prover, proof: Proof, material: Material, now: datetime) -> None:
    digests: dict[str, str] = {}

    def add(name: str, data: bytes) -> None:
        digests[name] = sha256(data)
        packed.writestr(name, data)

    heads = {}
    for number, (site, start) in enumerate(proof.starts.items(), 1):
        entries = list(prover.entries(site, start))
        heads[site] = [entries[-1]["seq"], entries[-1]["digest"]]
        add(f"chain-{number}.jsonl", b"".join(canonical(entry) + b"\n" for entry in entries))
    old, new = proof.texts
    add("text-old.json", old)
    add("text-new.json", new)
    add("captures.warc.gz", warcs.written(material.captures))
    add("rows.json", canonical(proof.rows))
    add("visits.jsonl", b"".join(_line(history_fields(row)) for row in material.visits))
    add("edit.json", _line(edit_fields(material.edit)))
    for name, text in _differences(proof, material):
        add(name, text.encode("utf-8", "backslashreplace"))
    for number, stamp in enumerate(proof.stamps, 1):
        add(stamps.said_name(number), stamp.said)
        add(stamps.token_name(number), stamp.token)
    if proof.stamps and material.certificates:
        add(stamps.CERTIFICATES, material.certificates)
    about = _about(proof, material, heads, now)
    add(
        "README.txt",
        explaining.readme(material.edit, about, stamps.described(proof.stamps)).encode("utf-8", "backslashreplace"),
    )
    packed.writestr("evidence.json", json.dumps(signed(about | {"files": digests}), indent=2) + "\n")


def signed(about: dict[str, Any]) -> dict[str, Any]:
    """What is told of the evidence, with the digest of it all."""
    told = {name: value for name, value in about.items() if name != "digest"}
    return told | {"digest": sha256(canonical(told))}


def _differences(proof: Proof, material: Material) -> Iterator[tuple[str, str]]:
    old, new = (from_bytes(text) for text in proof.texts)
    yield "diff.html", side_by_side_page(old, new, material.comparison, material.heading)
    yield "diff.json", as_json(old, new, material.comparison, material.heading)


def _about(proof: Proof, material: Material, heads: Mapping[str, list[Any]], now: datetime) -> dict[str, Any]:
    captures = zip(proof.captures, material.captures, strict=True)
    return {
        "form": FORM,
        "edit": material.edit.id,
        "url": material.edit.url,
        "packed": now.isoformat(),
        "captures": [
            {"id": number, "request_bytes": len(raw.request_head), "head_bytes": len(raw.head)}
            for number, raw in captures
        ],
        "heads": dict(heads),
        "stamps": [{"at": stamp.at.isoformat(), "url": stamp.url} for stamp in proof.stamps],
        "tools": {name: version(name) for name in _TOOLS} | {"python": platform.python_version()},
    }


def _line(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
