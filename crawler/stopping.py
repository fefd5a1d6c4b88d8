"""How a crawl is asked to end early: at once for what has not been sent, after a grace for what is under way."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from scrapy.exceptions import IgnoreRequest

GRACE = 5.0  # seconds for what is under way
_T = TypeVar("_T")


class StoppedError(IgnoreRequest):
    """The crawl was asked to end before this was done: there is no visit, and the page stays due."""

    def __init__(self) -> None:
        super().__init__("the crawl was asked to end")


class Stop:
    """Whether the crawl has been asked to end, and whether the grace since then is over."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self._over = asyncio.Event()

    def ask(self, grace: float = GRACE) -> None:
        """Ask for an end; asked a second time, there is no more grace. To be called in the event loop."""
        if self.asked.is_set():
            self._over.set()
            return
        self.asked.set()
        asyncio.get_running_loop().call_later(grace, self._over.set)

    def check(self) -> None:
        """Raises StoppedError once an end has been asked for."""
        if self.asked.is_set():
            raise StoppedError

    async def unless_over(self, work: Awaitable[_T]) -> _T:
        """What `work` gives; StoppedError, and the work cancelled, where the grace is over first."""
        task = asyncio.ensure_future(work)
        over = asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({task, over}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise StoppedError
            return task.result()
        finally:
            over.cancel()
            task.cancel()
