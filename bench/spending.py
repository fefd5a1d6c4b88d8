"""What a block of a program takes: seconds by the clock, and seconds of processors, its own and its children's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter


@dataclass(slots=True)
class Spent:
    """Seconds so far."""

    clock: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def more(self) -> Iterator[None]:
        """Add what the block takes."""
        clock, cpu = perf_counter(), _cpu()
        yield
        self.clock += perf_counter() - clock
        self.cpu += _cpu() - cpu


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
