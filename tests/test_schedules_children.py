"""Child processes: their lines, their ends, and what happens to the ones that do not want to end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event

import psutil
import pytest

from schedules.children import LONGEST_LINE, Children, Command, Ended, Logged, Printed, run_children

PATIENCE = 30.0  # seconds until a test gives up


def child(name: str, code: str, *words: str) -> Command:
    return Command(name=name, argv=(sys.executable, "-c", code, *words))


def run(*commands: Command, limit: int = 2, stop: Event | None = None, grace: float = 10) -> list[object]:
    """All that is heard, in order."""
    heard: list[object] = []
    run_children(
        commands,
        limit=limit,
        on_line=heard.append,
        on_exit=heard.append,
        stop=stop or Event(),
        grace=timedelta(seconds=grace),
    )
    return heard


def ends(heard: list[object]) -> list[Ended]:
    return [entry for entry in heard if isinstance(entry, Ended)]


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_lines_come_as_objects_and_the_end_comes_last() -> None:
    code = """
import json, sys
print(json.dumps({"url": "https://baovidu.example/á", "outcome": "new"}, ensure_ascii=False))
print(json.dumps({"url": "b", "outcome": "gone"}))
sys.exit(1)
"""
    *lines, end = run(child("baovidu", code))
    assert lines == [
        Printed(name="baovidu", record={"url": "https://baovidu.example/á", "outcome": "new"}),
        Printed(name="baovidu", record={"url": "b", "outcome": "gone"}),
    ]
    assert isinstance(end, Ended)
    assert (end.status, end.signal, end.printed, end.told) == (1, "", 2, False)


def test_what_is_no_json_object_is_reported_and_the_rest_still_comes() -> None:
    code = r"""
import sys
out = sys.stdout.buffer
out.write(b'Traceback\n[1]\n' + b'[' * 100_000 + b'\n\xff\xfe\n\n{"url": 1}\r\n{"cut": ')
"""
    heard = run(child("a", code))
    printed = [entry for entry in heard if isinstance(entry, Printed)]
    assert [bool(entry.fault) for entry in printed] == [True, True, True, True, False, True]
    assert printed[4].record == {"url": 1}
    assert ends(heard)[0].printed == 1


def test_a_long_line_comes_whole_and_one_that_is_too_long_is_reported() -> None:
    code = f"""
import json
print(json.dumps({{"note": "x" * 900_000}}))
print("y" * {3 * LONGEST_LINE})
print('{{"url": "after"}}')
"""
    long, too_long, after = [entry for entry in run(child("a", code)) if isinstance(entry, Printed)]
    assert long.record == {"note": "x" * 900_000}
    assert "more than" in too_long.fault
    assert len(too_long.fault) < 300
    assert after.record == {"url": "after"}


def test_standard_error_is_passed_on_line_by_line() -> None:
    heard = run(child("a", "import sys; sys.stderr.write('first\\nsecond: é\\n')"))
    assert [entry.text for entry in heard if isinstance(entry, Logged)] == ["first", "second: é"]


def test_no_more_children_run_at_once_than_the_limit(tmp_path: Path) -> None:
    code = """
import json, pathlib, sys, time
here = pathlib.Path(sys.argv[1])
mine = here / sys.argv[2]
mine.touch()
time.sleep(0.2)
print(json.dumps({"running": len(list(here.iterdir()))}))
mine.unlink()
"""
    heard = run(*(child(str(count), code, str(tmp_path), str(count)) for count in range(5)), limit=2)
    assert len(ends(heard)) == 5
    assert {end.status for end in ends(heard)} == {0}
    assert max(int(str(entry.record["running"])) for entry in heard if isinstance(entry, Printed)) <= 2


def test_a_child_that_dies_of_a_signal_is_reported_with_its_name() -> None:
    (end,) = ends(run(child("a", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")))
    assert (end.status, end.signal, end.told) == (None, "SIGKILL", False)


def test_stop_tells_the_running_ones_and_starts_no_more() -> None:
    code = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print('{"url": "last"}'), sys.exit(0)))
print('{"url": "first"}')
time.sleep(60)
"""
    stop, heard = Event(), []

    def listen(entry: Printed | Logged) -> None:
        heard.append(entry)
        stop.set()

    over: list[Ended] = []
    run_children([child("a", code), child("b", code)], limit=1, on_line=listen, on_exit=over.append, stop=stop)
    assert [entry.record["url"] for entry in heard if isinstance(entry, Printed)] == ["first", "last"]
    assert [(end.name, end.status, end.told) for end in over] == [("a", 0, True)]


def test_a_child_that_does_not_stop_when_told_is_killed_with_all_it_started() -> None:
    code = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print('{"pid": %d}' % other.pid)
time.sleep(60)
"""
    stop, pids = Event(), []

    def listen(entry: Printed | Logged) -> None:
        assert isinstance(entry, Printed)
        pids.append(int(str(entry.record["pid"])))
        stop.set()

    over: list[Ended] = []
    grace = timedelta(seconds=0.3)
    run_children([child("a", code)], limit=1, on_line=listen, on_exit=over.append, stop=stop, grace=grace)
    assert [(end.signal, end.told) for end in over] == [("SIGKILL", True)]
    until(lambda: not is_alive(pids[0]))


def test_what_a_dead_child_left_behind_is_ended_and_does_not_hold_up_the_report() -> None:
    code = """
import os, signal, subprocess, sys
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print('{"pid": %d}' % other.pid)
os.kill(os.getpid(), signal.SIGKILL)
"""
    printed, _ = run(child("a", code))
    assert isinstance(printed, Printed)
    until(lambda: not is_alive(int(str(printed.record["pid"]))))


def test_an_exception_in_a_callback_leaves_no_child_behind() -> None:
    pids: list[int] = []

    def broken(entry: Printed | Logged) -> None:
        assert isinstance(entry, Printed)
        pids.append(int(str(entry.record["pid"])))
        raise BrokenPipeError

    code = "import os, time; print('{\"pid\": %d}' % os.getpid()); time.sleep(60)"
    with pytest.raises(BrokenPipeError):
        run_children([child("a", code)], limit=1, on_line=broken, on_exit=lambda _end: None, stop=Event())
    assert not is_alive(pids[0])


def test_one_that_runs_too_long_is_told_and_then_killed() -> None:
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('{}'); time.sleep(60)"
    with Children(grace=timedelta(seconds=0.2)) as children:
        children.start(child("slow", code))
        assert isinstance(children.hear(PATIENCE), Printed)
        assert children.press(timedelta(hours=1)) == []
        assert children.press(timedelta(microseconds=1)) == ["slow"]
        assert children.press(timedelta(microseconds=1)) == []
        end = None
        while end is None:
            children.press()
            end = children.hear(0.05)
    assert isinstance(end, Ended)
    assert (end.overran, end.signal) == (True, "SIGKILL")


def test_two_children_of_one_name_do_not_run_at_once() -> None:
    with Children() as children:
        children.start(child("a", "import time; time.sleep(60)"))
        with pytest.raises(ValueError, match="running already"):
            children.start(child("a", "pass"))
        assert children.running == {"a"}
    assert children.running == frozenset()


def test_a_child_whose_parent_is_killed_reads_the_end_of_its_input() -> None:
    grandchild = "import os, sys; print('{\"pid\": %d}' % os.getpid()); sys.stdin.read(); sys.exit(0)"
    parent = """
import sys
from schedules.children import Children, Command, Printed
with Children() as children:
    children.start(Command(name="a", argv=(sys.executable, "-c", sys.argv[1])))
    children.start(Command(name="b", argv=(sys.executable, "-c", sys.argv[1])))
    for _ in range(2):
        heard = children.hear(30)
        assert isinstance(heard, Printed)
        print(heard.record["pid"], flush=True)
    children.hear(60)
"""
    argv = [sys.executable, "-c", parent, grandchild]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent) as process:
        assert process.stdout is not None
        pids = [int(process.stdout.readline()) for _ in range(2)]
        assert all(is_alive(pid) for pid in pids)
        os.kill(process.pid, signal.SIGKILL)
    until(lambda: not any(is_alive(pid) for pid in pids))


def test_a_signal_that_comes_as_nothing_more_is_waited_for_does_not_have_it_wait_for_ever() -> None:
    signals = 0

    def handle(_number: int, _frame: object) -> None:
        nonlocal signals
        signals += 1
        if signals > 1:
            raise TimeoutError
        time.sleep(0.3)  # until the wait should be over

    before = signal.signal(signal.SIGALRM, handle)
    signal.setitimer(signal.ITIMER_REAL, 0.1, 5)
    try:
        with Children() as children:
            assert children.hear(0.2) is None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert signals == 1
