"""An export or a file of evidence that is killed half way leaves nothing under the name that was asked for."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.commanding import LUUTIN, environment, eventually
from tests.newsroom import EDITED, RAIN, Newsroom


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive that takes a second or more to write out: 60 MB that do not compress."""
    made = tmp_path_factory.mktemp("big")
    room = Newsroom(f"sqlite:///{made / 'luutin.db'}")
    room.sees(RAIN)
    room.sees(EDITED)
    for _ in range(12):
        room.archive.record([room.finding(answer=room.response(404, os.urandom(5_000_000)))])
    room.sees(tuple(f"{number} {os.urandom(200).hex()}" for number in range(2_000)))
    room.archive.close()
    room.queries.close()
    return made


@pytest.mark.parametrize(
    "words",
    [
        ("export", "warc", "-o", "out.warc.gz"),
        ("export", "wacz", "-o", "out.wacz"),
        ("export", "jsonl", "-o", "out"),
        ("export", "parquet", "-o", "out"),
    ],
    ids=lambda words: words[1],
)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_an_export_that_is_ended_leaves_nothing_under_its_name(
    folder: Path, words: tuple[str, ...], number: signal.Signals
) -> None:
    process = subprocess.Popen([LUUTIN, *words], cwd=folder, env=environment(), stderr=subprocess.DEVNULL)
    eventually(lambda: process.poll() is not None or any(folder.glob("out*")))
    process.send_signal(number)
    status = process.wait(120)
    left = [path for path in folder.glob("out*") if ".part-" not in path.name]
    assert bool(left) == (status == 0), (status, left)  # it was done before the signal came, or there is nothing
    if number is signal.SIGINT and status:
        assert not list(folder.glob("out*"))  # there was time to clean up
    for path in folder.glob("out*"):
        subprocess.run(["rm", "-r", path], check=True)
