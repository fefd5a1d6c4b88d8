import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.urls import host_key, join_url, normal_url, page_url, public_suffix, registrable_domain, same_site

ARTICLE = "https://baovidu.example/chinh-tri/quoc-hoi-thong-qua-luat-post101.html"


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("HTTPS://BaoViDu.Example/Tin", "https://baovidu.example/Tin"),
        ("https://baovidu.example:443/a", "https://baovidu.example/a"),
        ("http://baovidu.example:80/a", "http://baovidu.example/a"),
        ("https://baovidu.example:8443/a", "https://baovidu.example:8443/a"),
        ("https://baovidu.example", "https://baovidu.example/"),
        ("https://baovidu.example./a", "https://baovidu.example/a"),
        ("https://baovidu.example/a#binh-luan", "https://baovidu.example/a"),
        ("https://baovidu.example/a/./b/../c", "https://baovidu.example/a/c"),
        ("https://baovidu.example/a?", "https://baovidu.example/a"),
        ("https://baovidu.example/a?&&b=1&", "https://baovidu.example/a?b=1"),
        ("https://baovidu.example/%7etin%2fx%c3%a9", "https://baovidu.example/~tin%2Fx%C3%A9"),
        ("https://baovidu.example/tin tức", "https://baovidu.example/tin%20t%E1%BB%A9c"),
        ("https://báo.example/a", "https://xn--bo-mia.example/a"),
        ("https://user:secret@baovidu.example/a", "https://baovidu.example/a"),
        ("https://[::0:1]:443/a", "https://[::1]/a"),
        ("  https://baovidu.example/a\n", "https://baovidu.example/a"),
    ],
)
def test_a_url_has_one_spelling(given_url: str, expected: str) -> None:
    assert normal_url(given_url) == expected


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=fb&utm_medium=x",
        "fbclid=abc",
        "gclid=1",
        "zarsrc=30",
        "UTM_Campaign=x",
        "_ga=2.1",
        "igshid=a",
        "msclkid=2",
    ],
)
def test_tracking_parameters_are_dropped(query: str) -> None:
    assert normal_url(f"https://baovidu.example/a?id=5&{query}") == "https://baovidu.example/a?id=5"


@pytest.mark.parametrize(
    "query",
    [
        "id=101",
        "p=101",
        "b=2&a=1",
        "fbid=5",
        "gid=7",
        "ref=12",
        "source=vnexpress",
        "s=tin",
        "q=a+b",
        "a=1&a=2",
        "flag",
    ],
)
def test_a_parameter_that_may_mean_something_is_kept_in_its_place(query: str) -> None:
    assert normal_url(f"https://baovidu.example/a?{query}") == f"https://baovidu.example/a?{query}"


@pytest.mark.parametrize(
    "text",
    ["", "/a", "javascript:void(0)", "mailto:a@b.example", "https://", "https:///a", "https://a b/", "https://[x/",
     "https://baovidu.example:99999/", "ftp://baovidu.example/a", "https://a..b/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"address|URL|Port|netloc"):
        normal_url(text)


def test_a_reference_is_read_from_its_page() -> None:
    assert join_url(ARTICLE, " ../the-thao/?utm_source=x ") == "https://baovidu.example/the-thao/"
    assert join_url(ARTICLE, "//m.baovidu.example/a") == "https://m.baovidu.example/a"
    assert join_url(ARTICLE, "javascript:void(0)") == ""
    assert join_url(ARTICLE, "https://[broken") == ""


@given(st.from_regex(r"https?://[a-z]{1,5}\.example(/[ -~à-ỹ]{0,20})?(\?[ -~]{0,20})?", fullmatch=True))
def test_a_normal_url_stays_as_it_is(url: str) -> None:
    once = normal_url(url)
    assert normal_url(once) == once


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://m.vidu.com.vn/a", "vidu.com.vn"),
        ("https://vidu.vn", "vidu.vn"),
        ("https://thethao.baovidu.example/", "baovidu.example"),
        ("https://mot.blogspot.com/", "mot.blogspot.com"),
        ("http://localhost:8000/", "localhost"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]:8000/", "::1"),
    ],
)
def test_the_registrable_domain_comes_from_the_public_suffix_list(url: str, domain: str) -> None:
    assert registrable_domain(url) == domain


def test_the_public_suffix_is_what_nobody_registers() -> None:
    assert public_suffix("https://m.vidu.com.vn/") == "com.vn"
    assert public_suffix("http://127.0.0.1/") == ""


def test_two_ports_of_an_address_are_two_sites() -> None:
    assert not same_site("http://127.0.0.1:8000/", "http://127.0.0.1:8001/")
    assert same_site("https://baovidu.example/", "https://m.baovidu.example:8443/")


def test_politeness_is_kept_per_host_and_port() -> None:
    assert host_key("https://u:p@M.BaoViDu.example:443/a") == "m.baovidu.example"
    assert host_key("http://127.0.0.1:8000/a") == "127.0.0.1:8000"


def test_the_canonical_decides_on_the_same_domain() -> None:
    assert page_url(ARTICLE + "?id=9", ARTICLE + "?id=9", ARTICLE) == ARTICLE
    assert page_url(ARTICLE, ARTICLE, "/chinh-tri/quoc-hoi-sua-luat-post101.html").endswith("sua-luat-post101.html")


@pytest.mark.parametrize(
    "canonical",
    [
        "",
        "https://khac.example/quoc-hoi-thong-qua-luat-post101.html",
        "https://baovidu.example/",
        "https://baovidu.example",
        "https://m.baovidu.example/?utm_source=x",
        "https://baovidu.example/chinh-tri/",
        "https://baovidu.example/chinh-tri",
        "https://baovidu.example/chinh-tri.htm",
        "https://baovidu.example/the-thao/",
        "javascript:void(0)",
        "https://[broken",
    ],
)
def test_a_careless_canonical_decides_nothing(canonical: str) -> None:
    assert page_url(ARTICLE, ARTICLE + "?utm_source=x", canonical) == ARTICLE


@pytest.mark.parametrize(
    "twin",
    [
        "https://m.baovidu.example/chinh-tri/quoc-hoi-thong-qua-luat-post101.html",
        "https://amp.baovidu.example/chinh-tri/quoc-hoi-thong-qua-luat-post101.html",
        "https://baovidu.example/amp/chinh-tri/quoc-hoi-thong-qua-luat-post101.html",
        "https://baovidu.example/chinh-tri/quoc-hoi-thong-qua-luat-post101.amp.html",
        ARTICLE + "/amp",
        ARTICLE + "/amp/",
        ARTICLE + "?amp=1",
        ARTICLE + "?outputType=amp",
    ],
)
def test_mobile_and_amp_twins_fold_where_the_canonical_says_so(twin: str) -> None:
    assert page_url(twin, twin, ARTICLE) == ARTICLE
    assert page_url(twin, twin, "") == normal_url(twin)


def test_pages_told_apart_by_their_query_stay_apart() -> None:
    one = "https://baovidu.example/?p=101"
    assert page_url(one, one, "https://baovidu.example/") == one
    assert page_url("https://m.baovidu.example/?p=101", "https://m.baovidu.example/?p=101", one) == one


def test_a_canonical_that_still_says_http_does_not_make_a_second_page() -> None:
    careless = ARTICLE.replace("https", "http")
    assert page_url(ARTICLE, ARTICLE, careless) == ARTICLE
    twin = ARTICLE.replace("//", "//m.")
    assert page_url(twin, twin, careless) == ARTICLE
    assert page_url(careless, careless, careless) == careless


@pytest.mark.parametrize("final", ["https://baovidu.example/", "https://baovidu.example/chinh-tri/"])
def test_a_redirect_to_the_front_page_or_a_section_leaves_the_page_its_url(final: str) -> None:
    assert page_url(ARTICLE, final, final) == ARTICLE


def test_a_redirect_to_another_article_is_followed() -> None:
    moved = "https://baovidu.example/chinh-tri/luat-moi-duoc-thong-qua-post102.html"
    assert page_url(ARTICLE, moved, "") == moved
    assert page_url("https://ngan.example/x1", moved, "") == moved
