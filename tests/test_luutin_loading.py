"""Ctrl-C while the program is still loading its modules ends it as it ends a command: quietly, with status 130."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commanding import environment, here

# Runs the command line, which waits for ever as it loads the module that is named, once it has said so.
WAITING = """
import importlib.abc, signal, sys

class Waiting(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == wanted:
            print("loading", flush=True)
            signal.pause()

wanted, *sys.argv = sys.argv[1:]
sys.meta_path.insert(0, Waiting())
from luutin.main import main
main()
"""


def interrupted_at(module: str, cwd: Path, *, ignored: bool = False) -> tuple[int, str, str]:
    """Status, output and errors of `luutin pages` that SIGINT reaches as it loads a module."""
    shell = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"] if ignored else []
    child = subprocess.Popen(
        [*shell, sys.executable, "-c", WAITING, module, "luutin", "pages"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env=environment(),
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "loading\n"
    child.send_signal(signal.SIGINT)
    if ignored:
        child.send_signal(signal.SIGKILL)
    out, err = child.communicate()
    return child.returncode, out, err


@pytest.mark.parametrize("module", ["luutin.commandline", "typer", "storage.rows", "luutin.reading_commands"])
def test_it_is_quiet_whatever_module_is_being_loaded(module: str, tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    assert interrupted_at(module, tmp_path) == (130, "", "")


def test_it_is_ignored_where_a_shell_started_the_program_so(tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    assert interrupted_at("typer", tmp_path, ignored=True)[0] == -signal.SIGKILL
