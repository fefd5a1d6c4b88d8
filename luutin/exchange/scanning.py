"""Reads WARCs through once: checks every digest, and lists the answers and what is known of them, not their bytes."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from luutin.exchange import ledger
from luutin.exchange.digesting import Checked, checked
from luutin.exchange.httpheads import content_type, method, status
from luutin.exchange.recordreading import Damage, DamageError, Found, Header, UnevenError, records
from luutin.exchange.sources import Source, Sources

_ANSWERS = {"response", "revisit"}
_MOST_TOLD = 16 * 1024 * 1024  # bytes of a metadata record of ours: a site's memory is the largest


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record stands."""

    source: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response or revisit record; `refers` are the number, URL and date of the record that has its payload."""

    place: Place
    urn: str
    uri: str
    date: str
    at: datetime
    status: int
    mime: str
    digest: str
    address: str
    truncated: str
    profile: str = ""  # empty for a response
    refers: tuple[str, str, str] = ("", "", "")


@dataclass(slots=True, kw_only=True)
class Catalogue:
    """What some WARCs hold."""

    answers: list[Answer] = field(default_factory=list)
    requests: dict[str, tuple[Place, str]] = field(default_factory=dict)  # place and method, by the answer's number
    told: dict[str, ledger.Told] = field(default_factory=dict)  # by the answer's number
    unanswered: list[ledger.Told] = field(default_factory=list)
    lessons: list[ledger.Lesson] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)  # records that are no answers of the web


def scan(sources: Sources, on_source: Callable[[str], None] = lambda _name: None) -> Catalogue:
    """What all sources hold; what is damaged, or has another digest than it states, is told as a fault and left out."""
    found = Catalogue(faults=list(sources.faults))
    for source in sources.all:
        on_source(source.name)
        read, one = _scanned(sources, source, len(found.sources))
        found.sources.append(read)
        _join(found, one)
    return found


def _scanned(sources: Sources, source: Source, number: int) -> tuple[Source, Catalogue]:
    """What one source holds, and the source to read it from."""
    found = Catalogue()
    try:
        _Scan(found, source, number).run()
    except UnevenError:
        found, source = Catalogue(), sources.unpacked(source)
        _Scan(found, source, number).run()
    return source, found


def _join(whole: Catalogue, part: Catalogue) -> None:
    whole.answers += part.answers
    whole.requests |= part.requests
    whole.told |= part.told
    whole.unanswered += part.unanswered
    whole.lessons += part.lessons
    whole.faults += part.faults
    whole.others += part.others


class _Scan:
    """Goes through one source; a record is entered when the next one has begun, as damage may show at its very end."""

    def __init__(self, found: Catalogue, source: Source, number: int) -> None:
        self._found = found
        self._source = source
        self._number = number

    def run(self) -> None:
        waiting: tuple[Found, Checked, bytes] | None = None
        for one in records(self._source.file):
            broken = isinstance(one, Damage) and waiting is not None and waiting[0].offset == one.offset
            if waiting is not None and not broken:
                self._enter(*waiting)
            if isinstance(one, Damage):
                self._tell(one.offset, waiting[0].header.get("WARC-Target-URI") if waiting and broken else "", one.text)
                waiting = None
            else:
                waiting = self._read(one)
        if waiting is not None:
            self._enter(*waiting)

    def _read(self, one: Found) -> tuple[Found, Checked, bytes]:
        """The record with what is kept of it; of one that is damaged the iteration tells next."""
        data = bytearray() if one.header.kind == "metadata" and one.block.left <= _MOST_TOLD else None
        try:
            return one, checked(one.header, one.block, data), bytes(data or b"")
        except DamageError as error:
            return one, Checked(head=b"", fault=str(error)), b""

    def _tell(self, offset: int, url: str, text: str) -> None:
        about = f": {url}" if url else ""
        self._found.faults.append(f"{self._source.name}: at byte {offset}{about}: {text}")

    def _enter(self, one: Found, read: Checked, data: bytes) -> None:
        header = one.header
        if read.fault:
            self._tell(one.offset, header.get("WARC-Target-URI"), read.fault)
            return
        place = Place(source=self._number, offset=one.offset)
        http = header.get("Content-Type").lower().startswith("application/http") or not one.header.get("Content-Type")
        of_web = header.get("WARC-Target-URI").lower().startswith(("http:", "https:"))
        if header.kind in _ANSWERS and of_web and http:
            self._answer(header, read.head, place)
        elif header.kind in _ANSWERS and not of_web:
            self._found.others["no web address"] += 1
        elif header.kind == "request":
            for urn in _numbers(header.get("WARC-Concurrent-To")):
                self._found.requests[urn] = place, method(read.head)
        elif header.kind == "metadata" and (told := ledger.read(data)) is not None:
            self._known(header, told)
        elif header.kind not in {"warcinfo", "metadata"}:
            self._found.others[header.kind or "unnamed"] += 1

    def _known(self, header: Header, told: ledger.Told | ledger.Lesson) -> None:
        if isinstance(told, ledger.Lesson):
            self._found.lessons.append(told)
            return
        for urn in _numbers(header.get("WARC-Concurrent-To")):
            self._found.told[urn] = told
        if not told.answered:
            self._found.unanswered.append(told)

    def _answer(self, header: Header, head: bytes, place: Place) -> None:
        date = header.get("WARC-Date")
        at = _time(date)
        not_modified = header.get("WARC-Profile").endswith("server-not-modified")
        code = status(head) or (304 if not_modified else 0)
        if at is None or (not code and header.kind == "response"):
            self._tell(place.offset, header.get("WARC-Target-URI"), "is no HTTP response with a date")
            return
        refers = (header.get(f"WARC-Refers-To{more}") for more in ("", "-Target-URI", "-Date"))
        answer = Answer(
            place=place,
            urn=header.get("WARC-Record-ID"),
            uri=header.get("WARC-Target-URI"),
            date=date,
            at=at,
            status=code,
            mime=content_type(head),
            digest=header.get("WARC-Payload-Digest"),
            address=header.get("WARC-IP-Address"),
            truncated=header.get("WARC-Truncated"),
            profile=(header.get("WARC-Profile") or "?") if header.kind == "revisit" else "",
            refers=next(zip(refers, refers, refers, strict=True)),
        )
        self._found.answers.append(answer)


def _numbers(text: str) -> Iterable[str]:
    return text.split() if text else ()


def _time(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
