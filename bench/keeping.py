"""The ways to keep captures that Luutin is compared with: each stores all, and then reads each one back, checked."""

import io
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.churn import Capture
from bench.spending import Spent
from storage import articles
from storage.bodycodec import compress, decompress

Round = Sequence[Capture]  # one capture of each page


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What keeping all captures one way came to: bytes, seconds to write all, and seconds to read each.

    `hops` are the most that lead to a body of an archive.
    """

    name: str
    size: int
    captures: int
    writing: Spent | None = None
    reading: Sequence[float] = ()
    hops: int | None = None


def _check(found: bytes, wanted: bytes) -> None:
    if found != wanted:
        raise AssertionError("a capture came back with other bytes")


def timed(reads: Iterable[tuple[Callable[[], bytes], bytes]]) -> list[float]:
    """The seconds that each read takes, the best of three, as other programs run on this machine too."""
    seconds = []
    for read, wanted in reads:
        tries = []
        for _ in range(3):
            started = perf_counter()
            found = read()
            tries.append(perf_counter() - started)
        _check(found, wanted)
        seconds.append(min(tries))
    return seconds


def raw(rounds: Sequence[Round]) -> Kept:
    """The bodies as they are."""
    count = sum(map(len, rounds))
    return Kept(name="raw bodies", size=_raw_bytes(rounds), captures=count)


def _raw_bytes(rounds: Sequence[Round]) -> int:
    return sum(len(capture.response.body) for round_ in rounds for capture in round_)


def warc(rounds: Sequence[Round], folder: Path) -> Kept:
    """One gzip member for each response (WARC 1.1), as crawlers write them."""
    path, places, writing = folder / "all.warc.gz", [], Spent()
    with writing.more(), path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
        for capture in _each(rounds):
            places.append((file.tell(), capture.response.body))
            writer.write_record(_record(writer, capture))
    with path.open("rb") as file:
        reading = timed((partial(_read_record, file, at), body) for at, body in places)
    return Kept(name=".warc.gz", size=path.stat().st_size, writing=writing, reading=reading, captures=len(places))


def _record(writer: WARCWriter, capture: Capture) -> object:
    response = capture.response
    head = StatusAndHeaders("200 OK", list(response.headers), protocol="HTTP/1.1")
    day = {"WARC-Date": response.at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return writer.create_warc_record(
        capture.url, "response", payload=io.BytesIO(response.body), http_headers=head, warc_headers_dict=day
    )


def _read_record(file: io.BufferedReader, at: int) -> bytes:
    file.seek(at)
    return bytes(next(iter(ArchiveIterator(file))).content_stream().read())


def zstd_alone(rounds: Sequence[Round]) -> Kept:
    """Each body compressed as an archive's keyframe is, without any other."""
    writing = Spent()
    with writing.more():
        frames = [(compress(capture.response.body, None), capture.response.body) for capture in _each(rounds)]
    reading = timed((partial(decompress, frame, None), body) for frame, body in frames)
    size = sum(len(frame) for frame, _ in frames)
    return Kept(name="zstd alone", size=size, writing=writing, reading=reading, captures=len(frames))


def git(name: str, rounds: Sequence[Mapping[str, bytes]], folder: Path) -> Kept:
    """A commit for each round of visits (a file for each page), then `git gc --aggressive`."""
    folder.mkdir()
    count, writing = sum(map(len, rounds)), Spent()
    with writing.more():
        _git(folder, "init", "--quiet")
        for files in rounds:
            for path, body in files.items():
                (folder / path).parent.mkdir(exist_ok=True)
                (folder / path).write_bytes(body)
            _git(folder, "add", "--all")
            _git(folder, "commit", "--quiet", "--allow-empty", "-m", "visits")
        _git(folder, "gc", "--quiet", "--aggressive", "--prune=now")
    size = sum(path.stat().st_size for path in (folder / ".git" / "objects").rglob("*") if path.is_file())
    reading = timed(_git_reads(rounds, folder))
    return Kept(name=name, size=size, writing=writing, reading=reading, captures=count)


def _git(folder: Path, *words: str) -> None:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    said = ("-c", "gc.auto=0", "-c", "user.name=bench", "-c", "user.email=bench@archive.example")
    subprocess.run(["git", *said, *words], cwd=folder, check=True, env=os.environ | own)  # noqa: S603, S607 - ours


def _git_reads(rounds: Sequence[Mapping[str, bytes]], folder: Path) -> Iterator[tuple[Callable[[], bytes], bytes]]:
    with subprocess.Popen(
        ["git", "cat-file", "--batch"],  # noqa: S607 - whichever git there is
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def read(name: str) -> bytes:
            asked.write(f"{name}\n".encode())
            asked.flush()
            body = answers.read(int(answers.readline().split()[2]))
            answers.read(1)
            return body

        for number, files in enumerate(rounds):
            for path, body in files.items():
                yield partial(read, f"HEAD~{len(rounds) - 1 - number}:{path}"), body
        asked.close()


def bodies_of(rounds: Sequence[Round]) -> list[dict[str, bytes]]:
    """The rounds as files: each page's body."""
    return [{_path(capture): capture.response.body for capture in round_} for round_ in rounds]


def texts_of(rounds: Sequence[Round]) -> list[dict[str, bytes]]:
    """The rounds as files: what each page reads as, where it is read and reads otherwise than before."""
    known: dict[str, bytes] = {}
    texts = []
    for round_ in rounds:
        new = {}
        for capture in round_:
            if capture.reading.article is not None and not capture.reading.suspect:
                text = articles.to_bytes(capture.reading.article)
                if known.get(path := _path(capture, "json")) != text:
                    known[path] = new[path] = text
        texts.append(new)
    return texts


def _path(capture: Capture, kind: str = "html") -> str:
    return f"{capture.site}/{capture.page}.{kind}"


def _each(rounds: Sequence[Round]) -> Iterator[Capture]:
    return (capture for round_ in rounds for capture in round_)
