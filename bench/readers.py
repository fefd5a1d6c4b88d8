"""The readers that bench/reading.py compares: ours, trafilatura, and others where they are installed."""

from collections.abc import Callable, Iterable
from importlib.util import find_spec

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from bench.scoring import Predicted
from crawler.pages.reading import read
from crawler.rules import Rules

Reader = Callable[[bytes, str], Predicted]


def luutin(body: bytes, url: str) -> Predicted:
    """Ours, as a site without a file is read."""
    article = read(body, url, "text/html; charset=utf-8", Rules()).article
    if article is None:
        return Predicted()
    text = [article.lead] if article.lead else []
    return Predicted(
        text="\n".join([*text, *(block.text for block in article.body)]),
        lead=article.lead,
        title=article.title,
        authors=article.authors,
        day=article.published.iso if article.published else "",
    )


def _trafilatura(body: bytes, url: str, *, precision: bool) -> Predicted:
    found = trafilatura.bare_extraction(
        body.decode("utf-8", "replace"), url=url, with_metadata=True, favor_precision=precision
    )
    if not isinstance(found, Document):
        return Predicted()
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Predicted(text=found.text or "", title=found.title or "", authors=authors, day=found.date or "")


def trafilatura_default(body: bytes, url: str) -> Predicted:
    """Trafilatura with its defaults and its metadata."""
    return _trafilatura(body, url, precision=False)


def trafilatura_precision(body: bytes, url: str) -> Predicted:
    """Trafilatura told to rather leave out."""
    return _trafilatura(body, url, precision=True)


def readability(body: bytes, _url: str) -> Predicted:
    """readability-lxml; it knows no authors and no dates."""
    from lxml.html import fromstring  # noqa: PLC0415 - only where this reader is used
    from readability import Document as Readable  # noqa: PLC0415 - an optional dependency

    document = Readable(body.decode("utf-8", "replace"))
    blocks = fromstring(document.summary()).iter("p", "h2", "h3", "li", "blockquote")
    text = "\n".join(block.text_content().strip() for block in blocks if isinstance(block, HtmlElement))
    return Predicted(text=text, title=document.title())


def newspaper(body: bytes, url: str) -> Predicted:
    """newspaper4k."""
    from newspaper import Article  # noqa: PLC0415 - an optional dependency

    article = Article(url)
    article.download(input_html=body.decode("utf-8", "replace"))
    article.parse()
    day = article.publish_date.date().isoformat() if article.publish_date else ""
    return Predicted(text=article.text, title=article.title, authors=_names(article.authors), day=day)


def goose(body: bytes, _url: str) -> Predicted:
    """goose3."""
    from goose3 import Goose  # noqa: PLC0415 - an optional dependency

    with Goose({"enable_image_fetching": False}) as made:
        found = made.extract(raw_html=body.decode("utf-8", "replace"))
    return Predicted(
        text=found.cleaned_text,
        title=found.title or "",
        authors=_names(found.authors),
        day=(found.publish_date or "")[:10],
    )


def _names(found: Iterable[object] | None) -> tuple[str, ...]:
    """The names among what a reader calls authors; now and then it is a list of links."""
    return tuple(name for name in found or () if isinstance(name, str))


def resiliparse(body: bytes, _url: str) -> Predicted:
    """resiliparse, main content only; it knows text alone."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - an optional dependency

    return Predicted(text=extract_plain_text(body.decode("utf-8", "replace"), main_content=True))


_OPTIONAL: dict[str, tuple[str, Reader]] = {
    "readability-lxml": ("readability", readability),
    "newspaper4k": ("newspaper", newspaper),
    "goose3": ("goose3", goose),
    "resiliparse": ("resiliparse", resiliparse),
}


def installed() -> dict[str, Reader]:
    """The readers that can run here, ours first."""
    found: dict[str, Reader] = {
        "luutin": luutin,
        "trafilatura": trafilatura_default,
        "trafilatura precision": trafilatura_precision,
    }
    return found | {name: reader for name, (module, reader) in _OPTIONAL.items() if find_spec(module)}
