"""An article as bytes and back: equal whatever a page holds."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.articles import article_fields, from_bytes, to_bytes
from storage.records import Article, Block, BlockKind, Image, Moment

_any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)  # lone surrogates and NUL, too
_moments = st.builds(
    Moment,
    at=st.datetimes(timezones=st.just(UTC)),
    offset=st.timedeltas(min_value=timedelta(hours=-23), max_value=timedelta(hours=23)),
    text=_any_text,
    date_only=st.booleans(),
    updated=st.booleans(),
)
_articles = st.builds(
    Article,
    url=_any_text,
    canonical_url=_any_text,
    title=_any_text,
    section=_any_text,
    lead=_any_text,
    authors=st.lists(_any_text, max_size=3).map(tuple),
    published=st.none() | _moments,
    modified=st.none() | _moments,
    language=_any_text,
    body=st.lists(st.builds(Block, kind=st.sampled_from(BlockKind), text=_any_text), max_size=4).map(tuple),
    captions=st.lists(_any_text, max_size=3).map(tuple),
    images=st.lists(st.builds(Image, url=_any_text, caption=_any_text, alt=_any_text), max_size=3).map(tuple),
    tags=st.lists(_any_text, max_size=3).map(tuple),
    shown=st.lists(st.integers(min_value=1, max_value=2**48 - 1), max_size=5).map(tuple),
)


@given(article=_articles)
def test_every_article_comes_back_equal(article: Article) -> None:
    assert from_bytes(to_bytes(article)) == article


def test_half_a_character_and_nul_come_back() -> None:
    article = Article(url="u", canonical_url="u", title="\ud83d\x00", tags=("\udfff",))
    assert from_bytes(to_bytes(article)) == article


def test_an_offset_of_the_time_before_zones_keeps_its_seconds() -> None:
    """Saigon kept +7:06:30 until 1911, and dates that went wrong in a CMS fall into that time."""
    moment = Moment(at=datetime(1900, 1, 1, tzinfo=UTC), offset=timedelta(hours=7, minutes=6, seconds=30), text="1/1")
    article = Article(url="u", canonical_url="u", title="t", published=moment)
    assert from_bytes(to_bytes(article)) == article


def test_a_naive_moment_is_refused() -> None:
    moment = Moment(at=datetime(2026, 3, 11), offset=timedelta(hours=7), text="11/3")  # noqa: DTZ001 - the point
    with pytest.raises(ValueError, match="naive"):
        to_bytes(Article(url="u", canonical_url="u", title="t", published=moment))


def test_equal_articles_are_equal_bytes() -> None:
    one = Article(url="u", canonical_url="u", title="Hoà bình", tags=("b", "a"))
    two = Article(tags=("b", "a"), title="Hoà bình", canonical_url="u", url="u")
    assert to_bytes(one) == to_bytes(two)
    assert "Hoà bình".encode() in to_bytes(one)  # readable in the database, and small


def test_times_are_shown_with_the_offset_of_the_page() -> None:
    evening = Moment(at=datetime(2025, 3, 11, 13, 25, tzinfo=UTC), offset=timedelta(hours=7), text="11/03/2025 - 20:25")
    day = Moment(at=datetime(2025, 3, 10, 17, tzinfo=UTC), offset=timedelta(hours=7), text="11/03/2025", date_only=True)
    fields = article_fields(Article(url="u", canonical_url="u", title="t", published=day, modified=evening))
    assert fields["published"] == "2025-03-11"
    assert fields["modified"] == "2025-03-11T20:25:00+07:00"
    assert fields["modified_text"] == "11/03/2025 - 20:25"
    json.dumps(fields)


def test_an_article_that_was_stored_before_its_page_was_noted_comes_back() -> None:
    article = Article(url="u", canonical_url="u", title="Ferry", shown=(7,))
    stored = json.loads(to_bytes(article))
    del stored["shown"]
    assert from_bytes(json.dumps(stored).encode()) == Article(url="u", canonical_url="u", title="Ferry")
