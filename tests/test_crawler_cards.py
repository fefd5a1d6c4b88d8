"""Which links of a page lead to other pages of its own site."""

import pytest

from crawler.pages.cards import Links
from crawler.pages.segmenting import segment
from crawler.pages.tree import load


def leads_within(page: str, href: str) -> bool:
    piece = segment(load(f"<body><p><a href='{href}'>Chuyện ở bến cá, kỳ một</a></p></body>"), {})[0]
    return Links(page).leads_within(piece)


@pytest.mark.parametrize(
    ("page", "href"),
    [
        ("https://baovidu.com.vn/ben-ca.html", "/bai-1.html"),
        ("https://baovidu.com.vn/ben-ca.html", "https://video.baovidu.com.vn/bai-1.html"),
        ("http://127.0.0.7:8000/ben-ca.html", "http://127.0.0.7:8000/bai-1.html"),
        ("http://[::1]:8000/ben-ca.html", "/bai-1.html"),
    ],
)
def test_a_link_leads_within_the_site_that_somebody_registered(page: str, href: str) -> None:
    assert leads_within(page, href)


@pytest.mark.parametrize(
    ("page", "href"),
    [
        ("https://baovidu.com.vn/ben-ca.html", "https://baokhac.com.vn/bai-1.html"),
        ("https://courier.co.uk/quay", "https://gazette.co.uk/quay"),
        ("http://127.0.0.7:8000/ben-ca.html", "http://127.1.0.7:8000/bai-1.html"),
        ("https://baovidu.com.vn/ben-ca.html", "https://baovidu.com.vn/ben-ca.html#doan-2"),
    ],
)
def test_another_sites_page_under_the_same_public_suffix_and_this_page_are_not_within(page: str, href: str) -> None:
    assert not leads_within(page, href)
