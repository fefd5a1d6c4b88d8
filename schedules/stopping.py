"""SIGTERM and SIGINT as an event to watch, so that work ends where it can end, or as an exception."""

import signal
from collections.abc import Callable, Iterator
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

    with _handled(handle):
        yield stop


@contextmanager
def interrupt_on_signals() -> Iterator[None]:
    """Either signal raises KeyboardInterrupt. For the main thread only.

    Also where a shell started the program in the background: it has SIGINT ignored there, and Python then leaves it so.
    """
    with _handled(signal.default_int_handler):
        yield


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
