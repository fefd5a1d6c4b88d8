"""What Luutin's edits are compared with: the text that others take from a page, looked at for equality."""

from collections.abc import Callable
from importlib.util import find_spec

import trafilatura

from bench.mutating.drafts import parse, text_of

Peer = Callable[[str], str]


def visible_text(text: str) -> str:
    """All that a reader sees of the page, white space folded."""
    return text_of(parse(text))


def trafilatura_text(text: str) -> str:
    """Trafilatura's text with its defaults."""
    return trafilatura.extract(text) or ""


def readability_text(text: str) -> str:
    """The text of readability-lxml's summary."""
    from readability import Document  # noqa: PLC0415 - an optional dependency

    return text_of(parse(Document(text).summary()))


def installed() -> dict[str, Peer]:
    """The peers that can run here."""
    found: dict[str, Peer] = {"whole page": visible_text, "trafilatura": trafilatura_text}
    return found | ({"readability": readability_text} if find_spec("readability") else {})


def differs(peer: Peer, forms: tuple[str, ...], known: dict[str, str]) -> bool:
    """Whether any later form differs from the first for a peer; `known` keeps what it took from earlier forms."""
    for form in (forms[0], *forms[1:]):
        if form not in known:
            known[form] = _taken(peer, form)
    return any(known[form] != known[forms[0]] for form in forms[1:])


def _taken(peer: Peer, form: str) -> str:
    try:
        return peer(form)
    except Exception as error:  # noqa: BLE001 - whatever a peer raises for a page: it has no text of it
        return f"{type(error).__name__}"
