"""What is said of time stamps: who gives one, what it states, and why there is none."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.errors import LuutinError

INSTALL = "pip install 'luutin[timestamps]'"


class Failure(StrEnum):
    """Why there is no time stamp."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNSOUND = "unsound"


class StampError(LuutinError):
    """A time stamp cannot be had, or is not sound; `failure` says which."""

    def __init__(self, failure: Failure, said: str) -> None:
        super().__init__(said)
        self.failure = failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who stamps: the address to ask, and the root certificates (PEM) that vouch for it; empty where none are known."""

    url: str
    certificates: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to send to an authority, and what its answer has to repeat."""

    said: bytes
    data: bytes
    nonce: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a token states: when, and by whom as far as that is known."""

    time: datetime
    signer: str
