import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.jsonld import parse_script, text_of, types_of


def headline(script: str) -> str:
    return next((text_of(node.get("headline")) for node in parse_script(script) if node.get("headline")), "")


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Đón điện"}',
        '{"@type": "NewsArticle", "headline": "Đón điện",}',
        '[{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "Đón điện"},]',
        '{"@graph": [{"@type": "NewsArticle", "headline": "Đón điện"}]}',
        '<!-- {"@type": "NewsArticle", "headline": "Đón điện"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Đón điện"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Đón\n\tđiện"};',
        '{"@type": "NewsArticle", "headline": "&#272;ón đi&#7879;n"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Đón điện&quot;}",
        '{"@type": "WebSite"}\n{"@type": "NewsArticle", "headline": "Đón điện"}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Đón điện"}}',
        '{"@type": "NewsArticle", "headline": "Đón\\x20 điện"}'.replace("\\x20", "\x01"),
    ],
)
def test_sound_and_faulty_scripts_give_the_headline(script: str) -> None:
    assert headline(script) == "Đón điện"


def test_unescaped_quotes_cost_no_field() -> None:
    script = (
        '{"@type": "NewsArticle", "headline": "Bản "trên mây" đón điện", "datePublished": "2025-03-11T20:25:00Z",\n'
        '"author": {"@type": "Person", "name": "Lò Thị Mây"}}'
    )
    (node,) = parse_script(script)
    assert text_of(node["headline"]) == 'Bản "trên mây" đón điện'
    assert node["datePublished"] == "2025-03-11T20:25:00Z"
    assert node["author"] == [{"name": "Lò Thị Mây"}]


def test_types_lose_their_prefix() -> None:
    assert types_of({"@type": ["http://schema.org/NewsArticle", "Thing"]}) == ("NewsArticle", "Thing")


def test_bottomless_nesting_is_no_article() -> None:
    assert parse_script("[" * 100_000) == []
    assert parse_script('{"a":' * 5_000 + "1" + "}" * 5_000) == []


@given(st.text(alphabet='{}[]",:\\@&;graph headlinetype\n', max_size=200))
def test_parsing_never_raises(script: str) -> None:
    assert isinstance(parse_script(script), list)
