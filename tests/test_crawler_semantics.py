"""What microdata and ARIA call a comment, a life or a control is no text of the article."""

import pytest

from crawler.pages.reading import read
from crawler.rules import Rules
from storage.records import Article

TOLD = [f"Paragraph {n}: the new quay takes two hundred boats a day, twice as many as the old." for n in range(5)]


def article_with(box: str) -> Article:
    told = [f"<p>{one}</p>" for one in TOLD]
    html = (
        f"<html lang='en'><body><h1>New quay opens</h1><div>{''.join([*told[:3], box, *told[3:]])}</div></body></html>"
    )
    reading = read(html.encode(), "https://paper.example/quay.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    return reading.article


@pytest.mark.parametrize(
    "box",
    [
        "<div itemscope itemtype='https://schema.org/Comment'><div itemprop='text'>I moor there daily.</div></div>",
        "<div itemscope itemtype='https://schema.org/Person'><p itemprop='description'>She told of boats.</p></div>",
        "<div itemscope itemtype='http://schema.org/WPAdBlock'><p>A boat of your own by Friday, for less.</p></div>",
        "<p id='past' tabindex='0' aria-label='beyond the letter box'>beyond the letter box</p>",
        "<div><div role='status'>The player is getting ready for you.</div><div role='slider'>3:13</div></div>",
    ],
)
def test_a_box_that_says_what_it_is_is_no_text(box: str) -> None:
    assert all(block.text in TOLD for block in article_with(box).body)


def test_who_wrote_a_comment_is_no_author() -> None:
    box = (
        "<div itemscope itemtype='https://schema.org/Comment'><span itemprop='author'>James Okoro</span>"
        "<div itemprop='text'>I moor there every week.</div></div>"
    )
    assert article_with(box).authors == ()


def test_a_status_amid_a_sentence_stays() -> None:
    line = "<p>The harbour master called it <span role='status'>open to all</span> on Monday morning.</p>"
    assert len(article_with(line).body) == len(TOLD) + 1
