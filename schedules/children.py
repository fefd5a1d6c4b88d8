"""Starts child processes, hands on what they print line by line, and ends them, whatever they do.

Every child has a session of its own, so that Ctrl-C reaches the parent alone, and a pipe as its standard input to
which nothing is written: a child stops when it reads its end there, which also comes when the parent is killed.
(PR_SET_PDEATHSIG would not do: it goes off when the *thread* that started the child ends.)
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from queue import Empty, Queue
from threading import Event, Lock, Thread
from types import TracebackType
from typing import IO, Self

LONGEST_LINE = 1 << 20  # bytes; a longer line is reported, not kept
GRACE = timedelta(seconds=30)  # from SIGTERM to SIGKILL
_PIPES_CLOSE = 5.0  # seconds; longer only where a process that left the child's session holds its pipes open
_POLL = 0.2  # seconds between two looks at whether to stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What to start; `name` is the site's, and comes back with all that the child says."""

    name: str
    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A line of standard output: the JSON object that it holds, or in `fault` why it holds none."""

    name: str
    record: Mapping[str, object] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A line of standard error."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A child's end, which comes after all of its lines. `status` is None where a signal ended it.

    `printed` counts its JSON objects; `told` says that it had been told to stop, `overran` that it took too long.
    """

    name: str
    status: int | None
    signal: str
    printed: int
    took: timedelta
    told: bool
    overran: bool


Heard = Printed | Logged | Ended


def run_children(
    commands: Iterable[Command],
    *,
    limit: int,
    on_line: Callable[[Printed | Logged], None],
    on_exit: Callable[[Ended], None],
    stop: Event,
    grace: timedelta = GRACE,
) -> None:
    """Run all commands, `limit` at once, and call back from this thread; returns when the last one has ended.

    When `stop` is set, no more are started and those running are told to stop, then killed after `grace`. An exception
    from a callback kills them at once. Raises OSError where a command cannot be started.
    """
    waiting = deque(commands)
    with Children(grace=grace) as children:
        while children.running or (waiting and not stop.is_set()):
            while waiting and len(children.running) < limit and not stop.is_set():
                children.start(waiting.popleft())
            if stop.is_set():
                children.tell()
            children.press()
            heard = children.hear(_POLL)
            if isinstance(heard, Ended):
                on_exit(heard)
            elif heard is not None:
                on_line(heard)


class Children:
    """The running children, by name. As a context manager it leaves none behind."""

    def __init__(self, *, grace: timedelta = GRACE) -> None:
        self._grace = grace.total_seconds()
        self._children: dict[str, _Child] = {}
        # No SimpleQueue: a signal that comes as the timeout of its `get` ends has that wait for ever, in CPython 3.11.
        self._heard: Queue[Heard] = Queue()
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._now():
            child.kill()
        while self.running:
            self.hear(_POLL)

    @property
    def running(self) -> frozenset[str]:
        """The names of those whose end has not been heard of."""
        return frozenset(child.name for child in self._now())

    def start(self, command: Command) -> None:
        """Start one; raises OSError where that fails, ValueError where one of that name is running."""
        with self._lock:
            if command.name in self._children:
                raise ValueError(f"{command.name} is running already")
            self._children[command.name] = _Child(command, self._heard)

    def hear(self, timeout: float) -> Heard | None:
        """The next thing that a child said, or None after `timeout` seconds of silence."""
        try:
            heard = self._heard.get(timeout=timeout)
        except Empty:
            return None
        if isinstance(heard, Ended):
            with self._lock:
                del self._children[heard.name]
        return heard

    def tell(self) -> None:
        """Tell all to stop; those that do not are killed by `press` when their grace is over."""
        for child in self._now():
            child.tell()

    def press(self, longest: timedelta | None = None) -> list[str]:
        """Tell those to stop that run for longer than `longest`, and kill those whose grace is over.

        To be called every few seconds; gives the names of those newly told.
        """
        now = time.monotonic()
        late = [child for child in self._now() if longest and child.told_at is None and child.age(now) > longest]
        for child in late:
            child.overran = True
            child.tell()
        for child in self._now():
            if child.told_at is not None and now - child.told_at > self._grace:
                child.kill()
        return [child.name for child in late]

    def _now(self) -> list["_Child"]:
        with self._lock:
            return list(self._children.values())


class _Child:
    """One process, and the threads that listen to it."""

    def __init__(self, command: Command, heard: Queue[Heard]) -> None:
        self.name = command.name
        self.told_at: float | None = None
        self.overran = False
        self._heard = heard
        self._printed = 0
        self._gone = False
        self._lock = Lock()
        self._started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - the command is our own
            command.argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        listeners = [Thread(target=listen, daemon=True) for listen in (self._listen_out, self._listen_err)]
        for thread in listeners:
            thread.start()
        Thread(target=self._see_out, args=(listeners,), daemon=True).start()

    def age(self, now: float) -> timedelta:
        return timedelta(seconds=now - self._started)

    def tell(self) -> None:
        """Ask for a clean stop, once: the child itself, which sees to what it started."""
        if self.told_at is None:
            self.told_at = time.monotonic()
            with self._lock:
                if not self._gone:
                    os.kill(self._process.pid, signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, with all that it started."""
        self.told_at = self.told_at or time.monotonic()
        with self._lock:
            if not self._gone:
                os.killpg(self._process.pid, signal.SIGKILL)

    def _listen_out(self) -> None:
        assert self._process.stdout is not None
        for line in _lines(self._process.stdout):
            printed = _printed(self.name, line)
            self._printed += not printed.fault
            self._heard.put(printed)

    def _listen_err(self) -> None:
        assert self._process.stderr is not None
        for line in _lines(self._process.stderr):
            self._heard.put(Logged(name=self.name, text=line.decode("utf-8", "replace")))

    def _see_out(self, listeners: list[Thread]) -> None:
        """Wait for the end, kill what the child left behind, and report when its last line has been read."""
        status = self._await()
        took = self.age(time.monotonic())
        for thread in listeners:
            thread.join(_PIPES_CLOSE)
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._heard.put(
            Ended(
                name=self.name,
                status=status if status >= 0 else None,
                signal="" if status >= 0 else _signal_name(-status),
                printed=self._printed,
                took=took,
                told=self.told_at is not None,
                overran=self.overran,
            )
        )

    def _await(self) -> int:
        """The status as Popen gives it. The dead child keeps its number, and so its group's, until it is waited for."""
        if sys.platform == "darwin":  # which has no waitid before Python 3.13
            return self._process.wait()
        os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
        with self._lock:
            self._gone = True
            os.killpg(self._process.pid, signal.SIGKILL)
            return self._process.wait()


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a stream that are not blank, without their ends, cut off at `LONGEST_LINE`; closes the stream."""
    with stream:
        while line := stream.readline(LONGEST_LINE):
            more = line
            while not more.endswith(b"\n") and (more := stream.readline(LONGEST_LINE)):
                pass
            if line.strip():
                yield line.rstrip(b"\r\n")


def _printed(name: str, line: bytes) -> Printed:
    if len(line) >= LONGEST_LINE:
        return Printed(name=name, fault=f"a line of more than {LONGEST_LINE} bytes: {line[:80]!r}")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Printed(name=name, fault=f"not JSON ({error}): {line[:200]!r}")
    if not isinstance(record, dict):
        return Printed(name=name, fault=f"not a JSON object: {line[:200]!r}")
    return Printed(name=name, record=record)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return f"signal {number}"
