"""Pages made to take long: they are read within the limits of CPU and memory that a reading process has."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from crawler.readers import Readers, ReadingLimits
from crawler.rules import Rules
from storage.records import Reading

SENTENCE = "Nước lên đến bậc thềm thứ {} thì cả làng bên sông dọn đồ lên gác, như mọi năm vẫn làm."
STORY = tuple(SENTENCE.format(number) for number in range(1, 9))
MANY = 100_000
_MARKS = "\u0301\u0323"
_OPEN = '{"a":'
_SCRIPT = '<script type="application/ld+json">'
_NAMED = '{"headline":'


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(processes=1, limits=ReadingLimits()) as pool:
        yield pool


def _read(readers: Readers, html: str) -> Reading:
    return asyncio.run(readers.read(html.encode(), "https://bao.example/nuoc-len.html", "text/html", Rules()))


def _page(beside: str, within: str = "") -> str:
    story = within + "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    title = "Nước lên ở làng bên sông"
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{story}</article>{beside}</body></html>"


def _links(count: int, before: str, after: str) -> str:
    return "".join(f'{before}<a href="/tin-{number}.html">Tin số {number}</a>{after}' for number in range(count))


BESIDE: dict[str, Callable[[], str]] = {
    "a tag with 400 kB in one attribute": lambda: f'<div data-x="{"x" * 400_000}">a</div>',
    "a tag with 400 kB of class names": lambda: f'<div class="{"tag-" * 100_000}">a</div>',
    "a tag with a name of 400 kB": lambda: f"<{'a' * 400_000}>x",
    "a tag that never ends": lambda: f"<a {'x ' * 200_000}",
    "100,000 nested boxes": lambda: "<div>" * MANY,
    "100,000 nested links": lambda: "<a href=/x>" * MANY,
    "100,000 links in one paragraph": lambda: f"<p>{_links(MANY, '', ' ')}</p>",
    "40,000 paragraphs of a link": lambda: _links(40_000, "<p>", "</p>"),
    "140,000 paragraphs": lambda: "<p>a" * 140_000,
    "140,000 table cells": lambda: "<td>a" * 140_000,
    "40,000 headings over related links": lambda: _links(40_000, "<h3>Tin liên quan</h3><p>", "</p>"),
    "40,000 buttons in one box": lambda: f"<div>{'<button>x</button>' * 40_000}</div>",
    "a paragraph of 5 MB of dots": lambda: f"<p>{'. ' * 2_500_000}</p>",
    "a line of 5 MB of dots": lambda: f"<p>{'.' * 5_000_000}</p>",
    "a word of 5 MB": lambda: f"<p>{'a' * 5_000_000}</p>",
    "a million references to nothing": lambda: f"<p>{'&#0;' * 1_000_000}</p>",
    "10 MB of opened brackets": lambda: "<" * 10_000_000,
    "a script of 50 MB": lambda: f"<script>{'x < y;' * 8_000_000}</script>",
    "40 scripts that hold a name and space": lambda: f"{_SCRIPT}{_NAMED}{chr(160) * 50_000}x</script>" * 40,
    "5 MB of nested JSON-LD": lambda: f"{_SCRIPT}{_OPEN * 1_000_000}</script>",
}


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE.keys())
def test_what_stands_beside_an_article_does_not_keep_it_from_being_read(
    readers: Readers, beside: Callable[[], str]
) -> None:
    reading = _read(readers, _page(beside()))
    assert reading.article is not None, reading.unreadable
    assert {block.text for block in reading.article.body} >= set(STORY[1:])


WITHIN: dict[str, Callable[[], str]] = {
    "a number of 2 MB": lambda: f"<p>{'0' * 2_000_000}</p>",
    "a letter of a million marks": lambda: f"<p>a{_MARKS * 500_000}</p>",
    "30,000 pictures": lambda: "".join(f"<figure><img src=/{i}.jpg><figcaption>a</figure>" for i in range(30_000)),
    "40,000 pictures in one box": lambda: f"<figure>{''.join(f'<img src=/{i}.jpg>' for i in range(40_000))}</figure>",
    "50,000 times in one line": lambda: "<time datetime=2025-03-11T20:25:00>11/3/2025</time>" * 50_000,
    "70,000 boxes of a word": lambda: "<div>abc</div>" * 70_000,
    "10,000 nested names": lambda: f"<p>{'<span>' * 10_000}x{'</span>' * 10_000}</p>",
}


@pytest.mark.parametrize("within", WITHIN.values(), ids=WITHIN.keys())
def test_what_stands_within_an_article_does_not_keep_the_page_from_being_read(
    readers: Readers, within: Callable[[], str]
) -> None:
    reading = _read(readers, _page("", within()))
    assert reading.article is not None, reading.unreadable


@pytest.mark.parametrize("tag", ["<p>", "<a>", "<td>", "<p>chữ</p>"])
def test_megabytes_of_nothing_but_one_tag_are_refused_for_their_size(readers: Readers, tag: str) -> None:
    count = 5_000_000 // len(tag)
    assert _read(readers, tag * count).unreadable == "the page has more than 150000 elements"


def test_50_megabytes_of_text_are_refused_for_their_size(readers: Readers) -> None:
    assert _read(readers, _page("<p>abcdefg hijk</p>" * 3_000_000)).unreadable.endswith("characters of mark-up")
