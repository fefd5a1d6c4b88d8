"""Programs of others that tests run beside Luutin, from .venv-tools: `make test` sets it up."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commanding import eventually

FOLDER = Path(__file__).parent.parent / ".venv-tools" / "bin"


def tool(name: str) -> Path:
    """A program; the test is left out where the tools have not been set up."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"needs {name}: make .venv-tools/.ready")
    return path


def run(name: str, *words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    return subprocess.run([tool(name), *map(str, words)], cwd=cwd, capture_output=True, text=True, check=False)


@contextmanager
def replay(folder: Path) -> Iterator[str]:
    """A pywb with the collections in a folder; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = folder / "pywb.log"
    with log.open("wb") as out:
        words = [str(tool("wayback")), "-b", "127.0.0.1", "-p", str(port)]
        process = subprocess.Popen(words, cwd=folder, stdout=out, stderr=out)
    try:
        eventually(lambda: _listens(process, port, log))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _listens(process: "subprocess.Popen[bytes]", port: int, log: Path) -> bool:
    assert process.poll() is None, log.read_text()
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
