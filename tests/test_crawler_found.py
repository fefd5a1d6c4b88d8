from datetime import UTC, datetime

import pytest

from crawler.finding.found import MAX_LINKS, FoundLink, each_once, plain_title, stated_time
from crawler.sites import Site

SITE = Site.model_validate(
    {"key": "a", "name": "A", "home": "https://a.example/", "language": "en", "timezone": "Asia/Ho_Chi_Minh"}
)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-11T20:25:00+07:00",
        "2025-03-11T13:25:00Z",
        "2025-03-11T20:25:00",
        "2025-03-11 20:25:00",
        "Tue, 11 Mar 2025 20:25:00 +0700",
        "Tue, 11 Mar 2025 20:25:00",
        "Tue, 11 Mar 2025 13:25:00 GMT",
        "Tue, 11 Mar 2025 20:25:00 GMT+7",
        "Tue, 11 Mar 2025 20:25:00 UTC+07:00",
        " 11 Mar 2025 20:25 ",
        "Thứ ba, 11/03/2025 20:25",
    ],
)
def test_a_time_without_zone_is_the_sites_own(text: str) -> None:
    assert stated_time(text, SITE) == datetime(2025, 3, 11, 13, 25, tzinfo=UTC)


def test_a_date_alone_is_its_midnight_at_the_site() -> None:
    assert stated_time("2025-03-11", SITE) == datetime(2025, 3, 10, 17, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "31/02/2025", "0001-01-01", "2025-13-01T00:00:00Z", "9" * 500])
def test_what_is_no_time_is_none(text: str) -> None:
    assert stated_time(text, SITE) is None


def test_each_url_is_kept_once_with_the_first_title_and_time() -> None:
    at = datetime(2025, 3, 11, tzinfo=UTC)
    links = [
        FoundLink(url="https://a.example/1"),
        FoundLink(url="https://a.example/2", title="Hai"),
        FoundLink(url="https://a.example/1", title="Một", published=at),
        FoundLink(url="https://a.example/1", title="Khác"),
    ]
    assert each_once(links) == (
        FoundLink(url="https://a.example/1", title="Một", published=at),
        FoundLink(url="https://a.example/2", title="Hai"),
    )


def test_the_number_of_links_is_bounded() -> None:
    assert len(each_once(FoundLink(url=f"https://a.example/{n}") for n in range(MAX_LINKS + 10))) == MAX_LINKS


def test_a_title_loses_its_markup_and_keeps_its_signs() -> None:
    assert plain_title(" Giá  <b>vàng</b>\n tăng &amp; giảm ") == "Giá vàng tăng & giảm"
    assert plain_title("Lãi suất < 5%, 3 > 2") == "Lãi suất < 5%, 3 > 2"
    assert len(plain_title("dài " * 1000)) <= 500
