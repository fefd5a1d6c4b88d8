import pytest

from crawler.rules import Rules
from tests.newspage import BODY, TITLE, article, json_ld, page, read, texts

AT = "2025-03-11T20:25:00+07:00"


@pytest.mark.parametrize(
    ("main", "head"),
    [
        (article(), json_ld(datePublished=f'"{AT}"')),
        (article(), f'<meta property="article:published_time" content="{AT}">'),
        (article(), '<meta property="article:published_time" content="3/11/2025 8:25:00 PM">'),
        (article(f'<time datetime="{AT}">hôm qua</time>'), ""),
        (article('<time datetime="2025-03-11">11/03/2025 - 20:25</time>'), ""),
        (article("<div>Thứ Ba, 11/03/2025 - 20:25 (GMT+7)</div>"), ""),
        (article("<span>20:25, ngày 11 tháng 3 năm 2025</span>"), ""),
        (article("<div><span>11/03/2025</span></div><div><span>20:25</span></div>"), ""),
        (article(before="<p>11/03/2025 20:25</p>"), ""),
        (article('<footer class="entry-meta">11/03/2025 20:25</footer>'), ""),
        (article(before=f'<aside><time datetime="{AT}">hôm qua</time></aside>'), ""),
        (article("<div>11/03/2025 20:25</div>"), json_ld(datePublished='"2025-03-11"')),
        (article("<div>11/03/2025 20:25</div>"), json_ld(datePublished='"2025-03-11T00:00:00+07:00"')),
        (article("<div>11/03/2025 20:25</div>"), json_ld(datePublished='"2025-03-11T20:25:00"')),
    ],
)
def test_the_time_of_publication_is_found_wherever_pages_state_it(main: str, head: str) -> None:
    published = read(page(main, head)).published
    assert published is not None
    assert published.iso == AT


def test_a_local_time_stated_as_utc_is_put_right_by_the_visible_one() -> None:
    main = article("<div>Thứ Ba, 11/03/2025 - 20:25 (GMT+7)</div>")
    published = read(page(main, json_ld(datePublished='"2025-03-11T20:25:00Z"'))).published
    assert published is not None
    assert published.iso == AT


def test_a_true_utc_time_is_given_with_the_offset_that_the_page_shows() -> None:
    main = article(f'<time datetime="{AT}">11/03/2025 - 20:25</time>')
    published = read(page(main, json_ld(datePublished='"2025-03-11T13:25:00Z"'))).published
    assert published is not None
    assert published.iso == AT


@pytest.mark.parametrize(
    ("shown", "iso"),
    [
        ("11/03/2025 01:25", "2025-03-11T01:25:00+07:00"),
        ("Thứ Ba, 11/03/2025", "2025-03-11T01:25:00+07:00"),
        ("Thứ Hai, 10/03/2025", "2025-03-10T18:25:00+00:00"),
        ("", "2025-03-10T18:25:00+00:00"),
    ],
)
def test_a_time_in_utc_is_put_on_the_day_that_the_page_shows(shown: str, iso: str) -> None:
    head = json_ld(datePublished='"2025-03-10T18:25:00Z"')
    published = read(page(article(f"<div>{shown}</div>"), head)).published
    assert published is not None
    assert published.iso == iso


@pytest.mark.parametrize(("mark", "stated"), [("published-date", True), ("date", False)])
def test_a_time_outside_the_articles_own_container_counts_only_where_it_says_so(mark: str, stated: bool) -> None:
    date = f'<div><div class="{mark}">11/03/2025 20:25</div></div>'
    found = read(f"<html lang='vi'><title>{TITLE}</title><body>{date}<div><h1>{TITLE}</h1>{BODY}</div></body></html>")
    assert (found.published is not None) == stated


def test_a_time_below_the_text_is_not_the_articles() -> None:
    after = '<aside><time datetime="2026-01-01">1/1/2026</time></aside>'
    assert read(page(article(after=after))).published is None


def test_two_days_in_an_article_without_a_dateline_are_none_of_them_its_own() -> None:
    times = '<time datetime="2025-03-11">hôm qua</time></aside><aside><time datetime="2025-03-12">hôm nay</time>'
    assert read(page(article(before=f"<aside>{times}</aside>"))).published is None


@pytest.mark.parametrize(
    ("language", "url", "iso"),
    [
        ("en-GB", "https://courier.example/ferry", "2025-11-03"),
        ("en", "https://courier.example/2025/november/03/ferry", "2025-11-03"),
        ("en", "https://courier.example/2025/11/03/ferry", "2025-11-03"),
        ("en-GB", "https://courier.example/2025-03-11-ferry/", "2025-03-11"),
        ("en-US", "https://courier.example/ferry", "2025-03-11"),
    ],
)
def test_the_declared_country_and_the_address_settle_which_number_is_the_day(language: str, url: str, iso: str) -> None:
    text = "<p>The fares of all three river ferries are to rise, the council said on Monday evening.</p>" * 3
    html = f"<html lang='{language}'><body><article><h1>Ferry fares to rise</h1><p>03/11/2025</p>{text}</article>"
    published = read(html, url).published
    assert published is not None
    assert published.iso == iso


def test_neither_todays_date_nor_a_teasers_nor_the_footers_is_the_articles() -> None:
    found = read(page(article()))
    assert (found.published, found.modified) == (None, None)


def test_a_sentence_that_names_a_day_is_no_dateline() -> None:
    found = read(page(article("<p>Ngày 10/3/2025, tại Nậm Lúc.</p>")))
    assert found.published is None
    assert "Ngày 10/3/2025, tại Nậm Lúc." not in texts(found.elements)


def test_published_and_updated_in_one_line_are_two_times() -> None:
    found = read(page(article("<p>Đăng lúc 20:25 11/03/2025 - Cập nhật lúc 21:40 11/03/2025</p>")))
    assert found.published is not None
    assert found.modified is not None
    assert (found.published.iso, found.modified.iso) == (AT, "2025-03-11T21:40:00+07:00")


def test_the_time_of_an_update_stands_for_the_published_one_where_no_other_is_stated() -> None:
    found = read(page(article("<p>Cập nhật lúc 20:25 11/03/2025</p>")))
    assert found.published is not None
    assert (found.published.iso, found.published.updated) == (AT, True)
    stated = read(page(article("<p>Đăng lúc 20:25 11/03/2025</p>"))).published
    assert stated is not None
    assert not stated.updated


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("vi", "11/03/2025 20:25 - Sửa đổi: 11/03/2025, 21:40"),
        ("vi", "11/03/2025 20:25 - 11/03/2025 21:40 (cập nhật)"),
        ("en", "11 March 2025, 20:25 Updated 11 March 2025, 21:40"),
        ("en", "11 March 2025 Updated 11 March 2025, 21:40"),
        ("de", "11.03.2025, 20:25 Uhr, zuletzt bearbeitet: 11.03.2025, 21:40 Uhr"),
        ("fr", "11/03/2025 20:25. Dernière mise à jour le 11 mars 2025 à 21:40"),
        ("es", "11/03/2025 20:25. Última actualización: 11/03/2025 21:40"),
        ("it", "11/03/2025 20:25. Ultimo aggiornamento: 11/03/2025 21:40"),
        ("ru", "11.03.2025 20:25. Последнее обновление: 11.03.2025, 21:40"),
        ("ja", "2025年3月11日 20時25分 2025年3月11日 21時40分更新"),
        ("zh", "2025-03-11 20:25 修改时间：2025-03-11 21:40"),
        ("ko", "2025.03.11 20:25 최종 업데이트 2025.03.11 21:40"),
        ("ko", "2025.03.11 20:25 2025.03.11 21:40 수정"),
    ],
)
def test_a_time_of_change_is_known_by_the_word_before_it_or_behind_it(language: str, line: str) -> None:
    found = read(page(article(f'<div class="date">{line}</div>'), language=language))
    assert found.published is not None
    assert found.modified is not None
    assert (found.published.local.hour, found.modified.local.hour) in {(20, 21), (0, 21)}


def test_the_sites_clock_above_an_article_that_states_its_last_change_is_not_when_it_was_published() -> None:
    clock = "<table><tr><td><span>Thứ Sáu, {}/03/2025, 09:41</span></td></tr><tr><td>{}</td></tr></table>"
    told = article("<div>Cập nhật lúc 20:25, Thứ Ba, 11/03/2025</div>")
    for day in ("14", "28"):
        published = read(page(clock.format(day, told))).published
        assert published is not None
        assert published.iso == "2025-03-11T20:25:00+07:00"


def test_json_ld_goes_before_opengraph_and_says_so() -> None:
    head = json_ld(datePublished=f'"{AT}"') + '<meta property="article:published_time" content="2025-03-09T01:00:00Z">'
    found = read(page(article(), head))
    assert found.published is not None
    assert found.published.iso == AT
    assert found.sources["published"] == "JSON-LD NewsArticle.datePublished"
    assert [(one.value, one.chosen) for one in found.candidates if one.field == "published"] == [
        (AT, True),
        ("2025-03-09T01:00:00+00:00", False),
    ]


def test_microdata_of_a_teaser_is_not_the_articles() -> None:
    teaser = '<div itemscope><time itemprop="datePublished" datetime="2026-01-01T00:00:00Z"></time></div>'
    own = f'<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="{AT}">'
    found = read(page(teaser + own + article() + "</div>"))
    assert found.published is not None
    assert found.published.iso == AT


def test_the_site_files_zone_is_used() -> None:
    found = read(page(article("<div>11/03/2025 20:25</div>")), rules=Rules(timezone="Europe/Berlin"))
    assert found.published is not None
    assert found.published.iso == "2025-03-11T20:25:00+01:00"


def test_the_site_files_rule_for_the_time_goes_first() -> None:
    main = article('<div class="lucdang">20:25 11/03/2025</div>')
    found = read(page(main, json_ld(datePublished='"2024-01-01T00:00:01Z"')), rules=Rules(published=".lucdang"))
    assert found.published is not None
    assert found.published.iso == AT


def test_days_that_head_what_is_told_day_by_day_are_no_datelines() -> None:
    day = "<p><strong>{}. Ngày {}/11/2026</strong></p><p>- Cắt điện ở thôn Ví Dụ.</p>"
    days = "".join(day.format(n, 22 + n) for n in (1, 2, 3))
    found = read(page(f'<article><h1>{TITLE}</h1><p class="date">15:30 | 21/11/2026</p>{days}</article>'))
    assert found.published is not None
    assert found.published.iso == "2026-11-21T15:30:00+07:00"
    assert not any("Ngày" in text for text in texts(found.elements))
    boxed = days.replace("<p><strong>", "<div><p><strong>").replace("</strong></p>", "</strong></p></div>")
    found = read(page(f'<article><h1>{TITLE}</h1><p class="date">15:30 | 21/11/2026</p>{boxed}</article>'))
    assert not any("Ngày" in text for text in texts(found.elements))
