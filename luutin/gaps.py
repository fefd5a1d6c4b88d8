"""Where watching a page had a gap: what happened meanwhile, nobody saw."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

LEAST = timedelta(days=1)
_TIMES = 4  # as long as the looks before were apart, and more


def gaps(looks: Sequence[datetime]) -> list[timedelta | None]:
    """For each look how long it is since the one before, where that is a gap; None where it is not, and for the first.

    A gap is a day or more, and at least four times what the looks of the page up to then were apart in the median: an
    old page is looked at once a week, and a week is no gap there.
    """
    apart: list[float] = []  # seconds
    found: list[timedelta | None] = [None] * min(1, len(looks))
    for earlier, later in pairwise(looks):
        gap = later - earlier
        long = gap >= LEAST and (not apart or gap.total_seconds() >= _TIMES * median(apart))
        found.append(gap if long else None)
        apart.append(gap.total_seconds())
    return found
