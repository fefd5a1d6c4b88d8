"""Owners of leases: a living process is alive, a dead one is dead, of others nothing is known."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from storage.owners import is_dead, new_owner

ROOT = Path(__file__).parent.parent
OWN = """
import sys, time
from storage.owners import new_owner
print(new_owner(), flush=True)
time.sleep(600)
"""


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen([sys.executable, "-c", OWN], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with started:
        yield started
        started.kill()


def _name_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _changed(owner: str, place: int, value: str) -> str:
    parts = owner.split("|")
    parts[place] = value
    return "|".join(parts)


def test_two_crawls_of_one_process_are_two_owners() -> None:
    assert new_owner() != new_owner()


def test_this_process_is_alive() -> None:
    assert not is_dead(new_owner())


def test_a_running_process_is_alive(process: subprocess.Popen[str]) -> None:
    assert not is_dead(_name_of(process))


def test_a_killed_process_is_dead(process: subprocess.Popen[str]) -> None:
    owner = _name_of(process)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    assert is_dead(owner)


def test_a_killed_process_that_nobody_has_waited_for_is_dead(process: subprocess.Popen[str]) -> None:
    owner = _name_of(process)
    os.kill(process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and stays as a zombie
    assert psutil.Process(process.pid).status() == psutil.STATUS_ZOMBIE
    assert is_dead(owner)


def test_another_process_under_the_same_number_does_not_keep_a_dead_one_alive() -> None:
    assert is_dead(_changed(new_owner(), 4, "1"))


def test_a_clock_that_is_set_does_not_kill_a_living_process(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = new_owner()
    boot = psutil.boot_time()
    monkeypatch.setattr(psutil._pslinux, "boot_time", lambda: boot + 30.0)  # what Linux says after such a step
    assert not is_dead(owner)


def test_a_process_of_an_earlier_start_of_this_machine_is_dead() -> None:
    assert is_dead(_changed(new_owner(), 1, "0f0e0d0c-0000-0000-0000-000000000000"))


def test_of_another_machine_nothing_is_known() -> None:
    assert not is_dead(_changed(_changed(new_owner(), 0, "other-machine"), 3, "999999999"))


def test_of_another_container_nothing_is_known() -> None:
    """Two containers may share a host name and a kernel; process 7 of one is not process 7 of the other."""
    assert not is_dead(_changed(_changed(new_owner(), 2, "4026599999"), 3, "999999999"))


@pytest.mark.parametrize("owner", ["", "paused", "a|b", "|||||", "a|b|c|d|e|f"])
def test_a_name_that_is_no_process_is_not_dead(owner: str) -> None:
    assert not is_dead(owner)
