"""The command that verifies the archive, or a file of evidence."""

from pathlib import Path
from typing import Annotated, Any

import typer

from luutin.authorities import certificates_of, given_certificates
from luutin.evidence.checking import checked
from luutin.evidence.stamps import CERTIFICATES, Shown, Under
from luutin.options import ArchiveOption, CertificatesOption, JsonOption, SeedsOption, setup
from luutin.output import print_json
from luutin.printing import console, escape, notices
from luutin.verifying import verified
from storage.stamps.terms import INSTALL


def verify(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Evidence; else the whole archive.")] = None,
    as_json: JsonOption = False,
    certificates: CertificatesOption = None,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Check every body, capture, version and link of the hash chains, and name each fault.

    Crawls may go on meanwhile. With a file that `luutin evidence` made, check that file by itself. Exit status 1 when
    there is a fault. What it proves: docs/evidence.md. Example: luutin verify --json
    """
    roots = None if certificates is None else given_certificates(certificates)
    if file is not None:
        sound = _sound(file, roots, as_json=as_json)
    else:
        where = setup(archive, seeds)
        sound = verified(where.archive, certificates_of(where) if roots is None else roots, as_json=as_json)
    if not sound:
        raise typer.Exit(1)


def _sound(file: Path, roots: bytes | None, *, as_json: bool) -> bool:
    found = checked(file, roots)
    for fault in found.faults:
        if as_json:
            print_json({"fault": fault, "what": "evidence"})
        else:
            console.print(f"[red]{escape(fault)}[/]")
    for site, (seq, digest) in found.heads.items():
        if not as_json:
            notices.print(f"head of {escape(site) or 'the archive'}: entry {seq}, {digest}")
    for stamp in found.stamps:
        if as_json:
            print_json(_fields(stamp))
        else:
            notices.print(f"stamp {stamp.number}: {escape(_sentence(stamp))}")
    if not as_json and not found.faults:
        notices.print(f"{escape(str(file))}: no fault")
    return not found.faults


def _fields(stamp: Shown) -> dict[str, Any]:
    stated = stamp.stated
    return {
        "stamp": stamp.number,
        "time": stated.time.isoformat() if stated else None,
        "signer": stated.signer if stated else None,
        "under": stamp.under.value,
        "covers": dict(stamp.covers),
    }


def _sentence(stamp: Shown) -> str:
    what = " and ".join(f"{site} up to entry {seq}" for site, seq in stamp.covers.items())
    if stamp.stated is None:
        return f"of {what}; its time and signature were not checked, add what that needs: {INSTALL}"
    signer = stamp.stated.signer or "an authority"
    how = {
        Under.OWN: f"signed by {signer} under the certificates of --certificates",
        Under.PACKED: f"signed by {signer} under {CERTIFICATES} in the file; see whether these are the authority's own",
        Under.NOTHING: f"says {signer}; the signature was not checked, as there are no root certificates",
    }[stamp.under]
    return f"{what} was there at {stamp.stated.time.isoformat()}, {how}"
