"""An article of six paragraphs, with something put into its midst, for tests of what is no text there."""

from crawler.pages.reading import read
from crawler.rules import Rules

TOLD = [f"Paragraph {n}: the new quay takes two hundred boats a day, twice what the old one took." for n in range(6)]


def body_of(middle: str) -> list[str]:
    """The blocks of an article as they are read with `middle` between its third paragraph and its fourth."""
    before, behind = ("".join(f"<p>{text}</p>" for text in part) for part in (TOLD[:3], TOLD[3:]))
    html = f"<html><body><h1>Boats move to the new quay</h1><div>{before}{middle}{behind}</div></body></html>"
    reading = read(html.encode(), "https://paper.example/new-quay.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    return [block.text for block in reading.article.body]
