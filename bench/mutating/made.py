"""What a mutation says it has done, for judging whether it was noticed."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.mutating.drafts import Draft
from bench.mutating.stock import Stock


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An edit: the words that went and those that came, and what stands right beside them.

    `field` is the field of the article that was changed, where the words alone would not say so.
    """

    gone: str = ""
    come: str = ""
    near: tuple[str, ...] = ()
    field: str = ""


Maker = Callable[[Draft, Random, Stock], Made | None]  # None where the page has nothing that can be edited so
