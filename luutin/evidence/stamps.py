"""The time stamps in a file of evidence: their names, what they show, and whether they are sound."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.stamps import tokens
from storage.stamps.statements import Stamp, heads_of, time_fault
from storage.stamps.terms import StampError, Stated

CERTIFICATES = "certificates.pem"
_Chains = Mapping[str, Sequence[Mapping[str, Any]]]


class Under(StrEnum):
    """Whose root certificates the signature of a stamp was checked by."""

    OWN = "own"  # of whoever checks
    PACKED = "packed"  # those in the file, of whoever packed it
    NOTHING = ""  # it was not checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a stamp shows: that of each of these sites all entries up to one were there at a time.

    `stated` is None where tokens cannot be read here.
    """

    number: int
    covers: Mapping[str, int]
    stated: Stated | None
    under: Under


def said_name(number: int) -> str:
    """The file that was stamped."""
    return f"stamp-{number}.json"


def token_name(number: int) -> str:
    """The file with the stamp of it, a TimeStampToken of RFC 3161 (DER)."""
    return f"stamp-{number}.tst"


def described(stamps: Iterable[Stamp]) -> str:
    """The stamps for a README: who gave each, and when by the clock of the machine."""
    lines = [
        f"  {token_name(number)}  had at {one.at.isoformat()} from {one.url}" for number, one in enumerate(stamps, 1)
    ]
    return "\n".join(lines)


def faults(
    files: Mapping[str, bytes], about: Mapping[str, Any], chains: _Chains, certificates: bytes | None
) -> Iterator[str]:
    """What is wrong with the stamps, given the entries of the chains by site."""
    roots = _roots(files, certificates)
    for number, told in enumerate(about.get("stamps", []), 1):
        said, token = files[said_name(number)], files[token_name(number)]
        covered = _covered(heads_of(said) or {}, chains)
        if not covered:
            yield f"{said_name(number)} names the head of no chain that is here"
        for site, (seq, digest) in covered.items():
            if _digest(chains[site], seq) != digest:
                yield f"{said_name(number)}: entry {seq} of {site} is not the one that was stamped"
        if tokens.is_installed():
            newest = _newest_visit(covered, chains)
            yield from (f"{token_name(number)}: {one}" for one in _of_token(token, said, roots, told["at"], newest))


def shown(
    files: Mapping[str, bytes], about: Mapping[str, Any], chains: _Chains, certificates: bytes | None
) -> Iterator[Shown]:
    """What stamps without a fault show."""
    for number in range(1, len(about.get("stamps", [])) + 1):
        said, token = files[said_name(number)], files[token_name(number)]
        stated = tokens.check(token, said, b"") if tokens.is_installed() else None
        covers = {site: seq for site, (seq, _) in _covered(heads_of(said) or {}, chains).items()}
        under = _under(files, certificates) if stated else Under.NOTHING
        yield Shown(number=number, covers=covers, stated=stated, under=under)


def _under(files: Mapping[str, bytes], certificates: bytes | None) -> Under:
    if certificates is not None:
        return Under.OWN
    return Under.PACKED if _roots(files, certificates) else Under.NOTHING


def _roots(files: Mapping[str, bytes], certificates: bytes | None) -> bytes:
    return files.get(CERTIFICATES, b"") if certificates is None else certificates


def _of_token(token: bytes, said: bytes, roots: bytes, at: str, newest: datetime | None) -> Iterator[str]:
    try:
        stated = tokens.check(token, said, roots)
    except StampError as error:
        yield str(error)
        return
    if fault := time_fault(stated.time, datetime.fromisoformat(at), newest):
        yield fault


def _covered(heads: Mapping[str, tuple[int, str]], chains: _Chains) -> dict[str, tuple[int, str]]:
    """The stamped heads that entries of the chains can be compared with."""
    return {site: head for site, head in heads.items() if site in chains and head[0] >= chains[site][0]["seq"]}


def _digest(entries: Sequence[Mapping[str, Any]], seq: int) -> str:
    return next((str(entry["digest"]) for entry in entries if entry["seq"] == seq), "")


def _newest_visit(covered: Mapping[str, tuple[int, str]], chains: _Chains) -> datetime | None:
    times = [
        datetime.fromisoformat(entry["said"]["visit"]["at"])
        for site, (seq, _) in covered.items()
        for entry in chains[site]
        if entry["seq"] <= seq and "visit" in entry["said"]
    ]
    return max(times, default=None)
