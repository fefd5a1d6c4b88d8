"""A fault of an archive, and where it lies."""

from collections.abc import Callable
from dataclasses import dataclass

OnStep = Callable[[int], None]  # told of so many rows that have been checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one row.

    `what` is the kind of row (body, visit, version and so on; `chain` for an entry, `database` for the file), `number`
    its id. `url` is the page's, `visit` the number of the visit, `site` and `seq` say which entry of which chain. Each
    is empty or None where it is not known.
    """

    what: str
    text: str
    number: int | None = None
    url: str = ""
    visit: int | None = None
    site: str = ""
    seq: int | None = None
