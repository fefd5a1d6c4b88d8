"""Which blocks a site's memory takes out of an article, and which stay."""

import pytest

from crawler.pages.reading import read
from crawler.rules import Rules
from storage.records import Reading
from storage.sitememory import Memory, Spread, block_key
from tests.newspage import PARAGRAPHS, TITLE, URL, page

BACKGROUND = "Dự án đưa điện lưới về mười hai bản vùng cao được tỉnh phê duyệt năm 2021, với vốn hơn 80 tỷ đồng."
LETTER = "Tòa nhà của báo nằm bên bờ sông, trước kia là kho muối, được sửa lại thành nơi làm việc của tám mươi người."


def _read(html: str, known: dict[str, Spread], rules: Rules | None = None) -> Reading:
    memory = Memory(blocks=tuple(sorted((block_key(text), int(spread)) for text, spread in known.items())))
    return read(html.encode(), URL, "text/html; charset=utf-8", rules or Rules(), memory)


def _html(*blocks: str) -> str:
    return page(f"<article><h1>{TITLE}</h1><div class='detail'>{''.join(blocks)}</div></article>")


def _p(text: str) -> str:
    return f"<p>{text}</p>"


def _texts(reading: Reading) -> list[str]:
    assert reading.article is not None
    return [block.text for block in reading.article.body]


FIRST, SECOND, THIRD = map(_p, PARAGRAPHS)


def test_a_paragraph_that_many_articles_end_with_goes_and_is_told() -> None:
    html = _html(FIRST, SECOND, THIRD, _p(LETTER))
    assert _texts(_read(html, {})) == [*PARAGRAPHS, LETTER]
    reading = _read(html, {LETTER: Spread.OFTEN})
    assert _texts(reading) == list(PARAGRAPHS)
    assert [drop.why for drop in reading.dropped if drop.text == LETTER] == ["stands in other articles of the site too"]
    assert reading.learned == (block_key(LETTER),)


def test_amid_the_text_only_what_stands_everywhere_goes() -> None:
    html = _html(FIRST, _p(LETTER), SECOND, THIRD)
    assert LETTER in _texts(_read(html, {LETTER: Spread.OFTEN}))
    assert LETTER not in _texts(_read(html, {LETTER: Spread.EVERYWHERE}))


def test_amid_the_text_what_is_written_unlike_it_goes_sooner() -> None:
    html = _html(FIRST, f"<div class='box'><span>{LETTER}</span></div>", SECOND, THIRD)
    assert LETTER in _texts(_read(html, {}))
    assert LETTER not in _texts(_read(html, {LETTER: Spread.OFTEN}))


@pytest.mark.parametrize("blocks", [(FIRST, _p(BACKGROUND), SECOND, THIRD), (FIRST, SECOND, THIRD, _p(BACKGROUND))])
def test_background_that_a_second_story_repeats_stays(blocks: tuple[str, ...]) -> None:
    assert BACKGROUND in _texts(_read(_html(*blocks), {BACKGROUND: Spread.SOME}))


def test_a_heading_stays_with_its_text() -> None:
    heading = "Những con số của dự án này"
    html = _html(FIRST, f"<h2>{heading}</h2>", SECOND, THIRD)
    assert heading in _texts(_read(html, {heading: Spread.EVERYWHERE}))


def test_an_article_that_the_memory_holds_most_of_is_left_whole() -> None:
    known = dict.fromkeys(PARAGRAPHS[1:], Spread.EVERYWHERE)
    assert _texts(_read(_html(FIRST, SECOND, THIRD), known)) == list(PARAGRAPHS)


def test_a_site_rule_for_the_body_has_the_last_word() -> None:
    html = _html(FIRST, SECOND, THIRD, _p(LETTER))
    assert LETTER in _texts(_read(html, {LETTER: Spread.EVERYWHERE}, Rules(body="div.detail")))


def test_a_paragraph_with_one_other_digit_is_another_one() -> None:
    html = _html(FIRST, SECOND, THIRD, _p(LETTER.replace("tám mươi", "80")))
    assert len(_texts(_read(html, {LETTER: Spread.EVERYWHERE}))) == 4


def test_the_memory_is_part_of_the_reader_version() -> None:
    html = _html(FIRST, SECOND, THIRD)
    plain, some, often = (_read(html, known).reader for known in ({}, {"a": Spread.SOME}, {"a": Spread.OFTEN}))
    assert len({plain, some, often}) == 3
    assert "memory" not in plain
