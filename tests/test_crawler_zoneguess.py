import pytest

from crawler.finding.zoneguess import guessed_zone


@pytest.mark.parametrize(
    ("host", "language", "zone"),
    [
        ("baovidu.vn", "", "Asia/Ho_Chi_Minh"),
        ("baovidu.com", "vi", "Asia/Ho_Chi_Minh"),
        ("zeitung.de", "de", "Europe/Berlin"),
        ("paper.co.uk", "en", "Europe/London"),
        ("shimbun.jp", "ja", "Asia/Tokyo"),
    ],
)
def test_a_country_with_one_clock_gives_its_zone(host: str, language: str, zone: str) -> None:
    assert guessed_zone(host, language) == zone


@pytest.mark.parametrize(
    "host", ["news.us", "news.ru", "news.id", "news.com", "news.io", "news.tv", "localhost", "127.0.0.1"]
)
def test_where_the_guess_would_be_a_gamble_there_is_none(host: str) -> None:
    assert guessed_zone(host, "en") == ""
