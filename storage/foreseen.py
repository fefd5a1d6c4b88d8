"""What is worked out before a transaction and used within it, so that nobody waits for it to end.

What is kept follows from its key alone. Whatever the transaction finds changed since has another key, and is worked out
anew; nothing has to be checked.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_T = TypeVar("_T")
_MISSING: Any = object()
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def kept() -> Iterator[None]:
    """Keep what `once` works out until the block ends."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(key: Hashable, work: Callable[[], _T]) -> _T:
    """What `work` gives, which has to be the same for the same key; worked out once in a block that keeps it."""
    known = _kept.get()
    if known is None:
        return work()
    found: _T = known.get(key, _MISSING)
    if found is _MISSING:
        found = known[key] = work()
    return found
