"""The header of an article as a reader sees it: the lines around the headline, and the times that they state."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.lines import Line, lines_after, lines_before
from crawler.times import Found, Habits, find_moment

LINES_ABOVE = 6
LINES_BELOW = 40  # lead, picture and share bar may stand between the headline and the byline
LONGEST_DATELINE = 200  # characters
LONG_TEXT = 140  # characters; a line of the body, or the lead
BODY_AFTER = 3  # such lines: the lead and two paragraphs may stand above the byline


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """A line, the first time found in it, whether it stands above the headline, and how many long lines came before."""

    line: Line
    time: Found | None
    above: bool
    long_lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`around` are the elements that hold the headline; without a headline in the page all is empty."""

    headline: HtmlElement | None
    around: frozenset[HtmlElement]
    lines: tuple[HeaderLine, ...]


def read_header(headline: HtmlElement | None, habits: Habits) -> Header:
    """The nearest line above the headline first, then those below it, up to where the body has surely begun."""
    if headline is None:
        return Header(headline=None, around=frozenset(), lines=())
    return Header(
        headline=headline,
        around=frozenset(headline.iterancestors()),
        lines=tuple(_header_lines(headline, habits)),
    )


def _header_lines(headline: HtmlElement, habits: Habits) -> Iterator[HeaderLine]:
    for line in lines_before(headline, LINES_ABOVE):
        yield HeaderLine(line, _time_in(line, habits), above=True, long_lines=0)
    long_lines = 0
    for line in lines_after(headline, LINES_BELOW):
        long_lines += len(line.text) > LONG_TEXT
        if long_lines == BODY_AFTER:
            return
        yield HeaderLine(line, _time_in(line, habits), above=False, long_lines=long_lines)


def _time_in(line: Line, habits: Habits) -> Found | None:
    return find_moment(line.text, habits) if len(line.text) <= LONGEST_DATELINE else None
