"""Work on hostile input, in a process that is killed where the work does not end: a slow machine alone is no fault."""

from collections.abc import Callable
from multiprocessing import get_context
from typing import TypeVar

from pebble import ProcessPool

_T = TypeVar("_T")
PATIENCE = 60.0  # seconds for what takes one; work that grows with the square of its input would take hours


def ended(task: Callable[..., _T], *args: object) -> _T:
    """What a function of a module makes of its arguments. Raises TimeoutError where it comes to no end."""
    with ProcessPool(max_workers=1, context=get_context("spawn")) as pool:
        result: _T = pool.schedule(task, args=args, timeout=PATIENCE).result()
    return result
