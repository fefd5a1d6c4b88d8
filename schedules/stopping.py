"""SIGTERM and SIGINT as an event to watch, so that work ends where it can end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stop_on_signals() -> Iterator[Event]:
    """An event that the first of the signals sets; a second one raises KeyboardInterrupt. For the main thread only.

    Poll it with `is_set`: to wait on an event that a signal handler of the same thread sets can lock up
    (https://github.com/python/cpython/issues/85772 and its kin).
    """
    stop = Event()

    def handle(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt(signal.Signals(number).name)
        stop.set()

    before = {number: signal.signal(number, handle) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
