"""Rules proposed for pages that the general reading reads badly: tried, kept only where they harm no page."""

import tomllib

import pytest

from crawler.pages.proposing import propose
from crawler.pages.reading import read
from crawler.proposals import Proposal, Sample, reading_block
from crawler.rules import Rules
from crawler.sitefiles import site_of
from storage.records import Article
from tests.newspage import TITLE, page

LEAD = "Sau mười năm chờ đợi, người dân bản trên mây đã có điện lưới quốc gia và đèn dầu được cất đi."
CUT = f'<meta name="description" content="{LEAD[:70]}...">'
SITE = 'name = "Báo Ví Dụ"\nhome = "https://baovidu.example/"\n'
ABOUT = "<p class='gui-bai'>Bạn đọc gửi bài và ảnh về toà soạn qua hộp thư của chuyên mục để nhận nhuận bút.</p>"


def story(number: int, *parts: int) -> str:
    """Paragraphs of an article, each article and each paragraph with words of its own."""
    return "".join(
        f"<p>Đoạn {part} của bài {number} kể rằng người dân bản số {number * 7 + part} đã chờ con đường ấy suốt "
        f"mười năm, và nay {part * 3 + number} hộ đã có thể xuống chợ phiên trong ngày.</p>"
        for part in parts or range(1, 6)
    )


def sample(main: str, head: str = "", number: int = 1, title: str = TITLE) -> Sample:
    html = page(f"<article><h1>{title}</h1>{main}</article>", head, title=title)
    url = f"https://baovidu.example/bai-post{number}.html"
    return Sample(name=f"bai {number}", body=html.encode(), url=url, content_type="text/html; charset=utf-8")


def articles(proposal: Proposal, *samples: Sample) -> list[Article]:
    """What the pages read as by the rules proposed."""
    found = [read(one.body, one.url, one.content_type, proposal.rules).article for one in samples]
    return [article for article in found if article is not None]


def test_a_page_that_is_read_well_needs_no_rule() -> None:
    proposal = propose([sample(f"<p class=sapo>{LEAD}</p><div class=detail>{story(1)}</div>")], Rules())
    assert (proposal.suggestions, proposal.unmended, reading_block(proposal)) == ((), (), "")


def test_a_lead_whose_description_was_cut_off_is_found_by_its_block() -> None:
    page_read = sample(f"<div class=detail><p class='css-9x8y7z mo-bai'>{LEAD}</p>{story(1)}</div>", CUT)
    proposal = propose([page_read], Rules())
    (one,) = proposal.suggestions
    assert (one.key, one.selector, one.holds, one.pages) == ("lead", ".mo-bai", 1, 1)
    assert (one.before, one.after[:20]) == ("", LEAD[:20])
    (article,) = articles(proposal, page_read)
    assert article.lead == LEAD
    assert len(article.body) == 5


def test_a_lead_that_nothing_tells_from_the_body_is_no_weakness() -> None:
    proposal = propose([sample(f"<div class=detail><p>{LEAD}</p>{story(1)}</div>", CUT)], Rules())
    assert (proposal.suggestions, proposal.unmended) == ((), ())


def test_text_of_a_box_that_is_named_like_an_advertisement_is_brought_back() -> None:
    main = f"<div class=detail>{story(1, 1, 2, 3)}<div class=promo-box>{story(1, 4, 5, 6)}</div>{story(1, 7, 8)}</div>"
    proposal = propose([sample(main)], Rules())
    (one,) = proposal.suggestions
    assert (one.key, one.selector) == ("body", ".detail, .promo-box")
    assert "'advertisement'" in one.weakness.why
    assert (one.words_gained > 60, one.words_lost) == (True, 0)
    (article,) = articles(proposal, sample(main))
    assert len(article.body) == 8


def test_a_box_of_links_within_the_body_is_dropped() -> None:
    box = "<div class='ban-doc'><p>Nhiều bạn đọc đã gửi thư về, xin xem "
    box += "<a href='/thu-1'>thư của bạn đọc xã Nậm Lúc gửi về</a> "
    box += "<a href='/thu-2'>và thư của các thầy giáo vùng cao</a></p></div>"
    halves = f"<div>{story(1, 1, 2, 3)}</div>{box}<div>{story(1, 4, 5, 6)}</div>"  # so that the box is voted for
    main = sample(f"<div class=detail>{halves}</div>")
    proposal = propose([main], Rules())
    assert [(one.key, one.selector) for one in proposal.suggestions] == [("drop", ".ban-doc")]
    (article,) = articles(proposal, main)
    assert len(article.body) == 6


def test_a_text_that_stands_in_other_articles_too_is_dropped_from_all() -> None:
    pages = [
        sample(
            f"<div class=detail>{story(n)}{ABOUT}{story(n, 8, 9)}</div>",
            number=n,
            title=f"Chuyện thứ {n} của bản trên mây",
        )
        for n in (1, 2, 3)
    ]
    proposal = propose(pages, Rules())
    (one,) = proposal.suggestions
    assert (one.key, one.selector, one.holds, one.pages) == ("drop", ".gui-bai", 3, 3)
    assert all("gửi bài" not in block.text for article in articles(proposal, *pages) for block in article.body)


def test_two_captures_of_one_article_share_no_boilerplate() -> None:
    pages = [sample(f"<div class=detail>{story(1)}</div>", number=n) for n in (1, 2)]
    assert propose(pages, Rules()).suggestions == ()


def test_a_title_that_only_machines_are_told_is_found_where_readers_see_it() -> None:
    html = page(
        f"<article><p class=tieu-de>{TITLE.replace('mười', '10')}</p><div class=detail>{story(1)}</div></article>"
    )
    one = Sample(name="a", body=html.encode(), url="https://baovidu.example/a-post1.html", content_type="text/html")
    proposal = propose([one], Rules())
    assert [(one.key, one.selector) for one in proposal.suggestions] == [("title", ".tieu-de")]


def test_an_author_whose_name_is_none_is_found_by_the_mark() -> None:
    main = f"<div class=detail>{story(1)}</div></article><div class='ten-tac-gia'>Chuyện bản làng</div><article>"
    assert [(one.key, one.selector, one.after) for one in propose([sample(main)], Rules()).suggestions] == [
        ("authors", ".ten-tac-gia", "Chuyện bản làng")
    ]


def test_a_selector_that_harms_another_page_is_not_proposed() -> None:
    """On the second page the same class holds a paragraph in the middle of the text."""
    weak = sample(f"<div class=detail><p class=mo-bai>{LEAD}</p>{story(1)}</div>", CUT)
    other = sample(
        f"<p class=sapo>{LEAD}</p><div class=detail>{story(2)}<p class=mo-bai>Và một đoạn khác.</p></div>", number=2
    )
    proposal = propose([weak, other], Rules())
    assert "mo-bai" not in proposal.rules.lead
    for article in articles(proposal, other):
        assert article.lead == LEAD


def test_pages_where_a_rule_picks_nothing_do_not_count_as_held() -> None:
    weak = sample(f"<div class=detail><p class=mo-bai>{LEAD}</p>{story(1)}</div>", CUT)
    other = sample(f"<p class=sapo>{LEAD}</p><div class=detail>{story(2)}</div>", number=2, title="Bản dưới núi mở hội")
    (one,) = propose([weak, other], Rules()).suggestions
    assert (one.selector, one.holds, one.pages) == (".mo-bai", 1, 2)


def test_rules_in_force_stay_and_the_block_says_them_too() -> None:
    page_read = sample(f"<div class=detail><p class=mo-bai>{LEAD}</p>{story(1)}</div>", CUT)
    proposal = propose([page_read], Rules(body=".detail", drop=(".qc",)))
    assert proposal.given
    assert tomllib.loads(reading_block(proposal)) == {
        "reading": [{"lead": ".mo-bai", "body": ".detail", "drop": [".qc"]}]
    }


def test_a_rule_that_picks_nothing_any_more_is_told_and_left_out() -> None:
    page_read = sample(f"<div class=detail><p class=mo-bai>{LEAD}</p>{story(1)}</div>", CUT)
    proposal = propose([page_read], Rules(body=".truoc-kia"))
    assert proposal.stale == ("body",)
    assert proposal.rules.body == ""


def test_the_block_is_a_part_of_a_site_file_whatever_the_page_says() -> None:
    title = 'Ba "bản" \\ trên\u0085mây [[reading]] = đón điện'
    main = f"<div class=detail><p class=mo-bai>{LEAD}</p>{story(1)}</div>"
    proposal = propose([sample(main, CUT, title=title)], Rules())
    site = site_of(SITE + reading_block(proposal), "bao", "site.toml")
    assert [rules.lead for rules in site.reading] == [".mo-bai"]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"\xff\xfe<", b"<p>x", b"<div>" * 5000])
def test_a_page_without_text_is_no_obstacle(body: bytes) -> None:
    good = sample(f"<div class=detail><p class=mo-bai>{LEAD}</p>{story(1)}</div>", CUT)
    empty = Sample(name="b", body=body, url="https://baovidu.example/b-post2.html", content_type="text/html")
    assert [one.selector for one in propose([empty, good], Rules()).suggestions] == [".mo-bai"]
