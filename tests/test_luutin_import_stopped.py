"""`luutin import` that is told to stop: what was stored is kept, and the same command goes on from there."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from storage.verifying.whole import Verifier
from tests.commanding import LUUTIN, environment, here
from tests.test_luutin_import import Warc, page

VISITS = 150


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with an empty archive, and a WARC with a look a day at each of two pages."""
    assert here("init", cwd=tmp_path).status == 0
    warc = Warc(tmp_path / "news.warc.gz")
    for number in range(VISITS // 2):
        for name in ("mot", "hai"):
            date = f"2026-{1 + number // 28:02}-{1 + number % 28:02}T05:00:00Z"
            warc.answer(date, page(1, f"{number // 2},5"), url=f"https://baovidu.example/duong-so-{name}-post101.html")
    warc.close()
    return tmp_path


def importing(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [LUUTIN, "import", *words],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # a line that is read takes no more away from what `communicate` reads
    )


def visits(folder: Path) -> int:
    told: int = here("status", "--json", cwd=folder).records[-1]["visit"]
    return told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_an_import_that_is_stopped_keeps_what_it_stored_and_goes_on_where_it_was(
    folder: Path, number: signal.Signals
) -> None:
    process = importing(folder, "news.warc.gz")
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(number)
    rest, told = process.communicate(timeout=120)
    said = told.decode()
    stored = len((first + rest).splitlines())
    assert process.returncode == 130, said
    assert said == (
        f"stopped: {stored} visits are stored and kept; the same command goes on from there and stores nothing twice\n"
    )
    assert 0 < visits(folder) == stored < VISITS
    again = here("import", "news.warc.gz", cwd=folder)
    assert again.status == 0
    assert f"in the archive already: {stored}" in again.err
    assert visits(folder) == VISITS
    with Verifier(f"sqlite:///{folder / 'luutin.db'}") as verifier:
        assert list(verifier.faults()) == []


def test_an_import_that_is_stopped_twice_ends_at_once_and_leaves_the_archive_sound(folder: Path) -> None:
    process = importing(folder, "news.warc.gz")
    assert process.stdout is not None
    process.stdout.readline()
    for _ in range(2):
        process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=120)[1].decode()
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert said.startswith("stopped: ")
    assert here("import", "news.warc.gz", cwd=folder).status == 0
    assert visits(folder) == VISITS
    with Verifier(f"sqlite:///{folder / 'luutin.db'}") as verifier:
        assert list(verifier.faults()) == []


@pytest.fixture
def pipe(folder: Path) -> Path:
    """A file that is never read to its end."""
    made = folder / "endless.warc"
    os.mkfifo(made)
    return made


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_an_import_that_is_stopped_while_files_are_checked_has_stored_nothing(
    folder: Path, pipe: Path, number: signal.Signals
) -> None:
    process = importing(folder, pipe.name)
    writer = os.open(pipe, os.O_WRONLY)  # waits until the import reads it
    process.send_signal(number)
    out, said = process.communicate(timeout=120)
    os.close(writer)
    assert (process.returncode, out) == (130, b"")
    assert said.decode().startswith("stopped: nothing was stored yet; the same command goes on")
    assert visits(folder) == 0
