"""What a visit means: a table of cases, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.changes import ChangeKind, Significance, SiteWeights
from storage.deciding import Prior, decide, needs_reading, same_article
from storage.digests import sha256
from storage.records import EXTENT, Article, Block, BlockKind, Moment, Outcome, Reading, Response
from storage.visits import Finding

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
URL = "https://baovidu.example/thoi-su/mua-lon-post123.html"
NEW_URL = "https://baovidu.example/thoi-su/mua-rat-lon-post123.html"
SENTENCES = (
    "Mưa lớn làm ngập 35 tuyến phố ở Hà Nội trong sáng 11/3.",
    "Công ty thoát nước đã huy động toàn bộ lực lượng ứng trực.",
    "Người dân được khuyên không ra đường nếu không cần thiết.",
)


def _article(*texts: str, title: str = "Mưa lớn ở Hà Nội", canonical: str = "") -> Article:
    body = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts or SENTENCES)
    return Article(url=URL, canonical_url=canonical, title=title, body=body)


FIRST = _article()
EDITED = _article(SENTENCES[0].replace("35", "53"), *SENTENCES[1:])
TWICE = _article(SENTENCES[0].replace("35", "53"), SENTENCES[1], "Trường học đóng cửa đến hết tuần.", SENTENCES[2])
ELSE = _article("Đội tuyển thắng ba bàn không gỡ.", "Huấn luyện viên hài lòng.", title="Thắng đậm")


def _response(status: int = 200, body: bytes = b"<html>new", **more: Any) -> Response:
    made = Response(
        requested_url=URL, url=URL, at=NOON, request_head=b"", status=status, head=b"", headers=(), body=body
    )
    return replace(made, **more)


def _redirected(to: str, **more: Any) -> Response:
    return _response(url=to, hops=(URL,), **more)


def _finding(response: Response | None, article: Article | None = None, reader: str = "r1", **more: Any) -> Finding:
    reading = Reading(reader=reader, article=article) if article else None
    made = Finding(page_id=1, url=URL, at=NOON, response=response, reading=reading, identity=URL)
    return replace(made, **more)


def _read_as(article: Article | None, reader: str) -> Reading:
    return Reading(reader=reader, article=article, unreadable="" if article else "no text")


UNKNOWN = Prior(url=URL)
KNOWN = Prior(url=URL, body_sha256=sha256(b"<html>old"), reader="r1", article=FIRST)
PENDING = replace(KNOWN, article=EDITED, before_pending=FIRST)

NO_ANSWER = _finding(None, failure=Outcome.ERROR, note="timed out")
SUSPECT = _finding(_response(), reading=Reading(reader="r1", article=FIRST, suspect="a captcha"))
UNREADABLE = _finding(_response(), reading=Reading(reader="r1", unreadable="no text"))
CUT = _finding(_response(fault="cut short", fault_outcome=Outcome.TRUNCATED))
TOO_LARGE = _finding(_response(fault="over 10 MB", fault_outcome=Outcome.TOO_LARGE))
TO_FRONT = _finding(_redirected("https://baovidu.example/"), ELSE)


@pytest.mark.parametrize(
    ("prior", "finding", "outcome"),
    [
        (UNKNOWN, _finding(_response(), FIRST), Outcome.NEW),
        (UNKNOWN, NO_ANSWER, Outcome.ERROR),
        (KNOWN, NO_ANSWER, Outcome.ERROR),
        (KNOWN, _finding(None, failure=Outcome.DISALLOWED), Outcome.DISALLOWED),
        (KNOWN, _finding(None, failure=Outcome.BLOCKED_ADDRESS), Outcome.BLOCKED_ADDRESS),
        (UNKNOWN, _finding(_response(304)), Outcome.ERROR),
        (KNOWN, _finding(_response(304)), Outcome.NOT_MODIFIED),
        (KNOWN, _finding(_redirected("https://baovidu.example/", status=304)), Outcome.ERROR),
        (UNKNOWN, _finding(_response(404)), Outcome.GONE),
        (KNOWN, _finding(_response(404)), Outcome.GONE),
        (KNOWN, _finding(_response(410)), Outcome.GONE),
        (KNOWN, _finding(_response(404, fault="cut short", fault_outcome=Outcome.TRUNCATED)), Outcome.GONE),
        (KNOWN, _finding(_response(403)), Outcome.ERROR),
        (KNOWN, _finding(_response(500)), Outcome.ERROR),
        (KNOWN, _finding(_response(206)), Outcome.ERROR),
        (KNOWN, CUT, Outcome.TRUNCATED),
        (UNKNOWN, CUT, Outcome.TRUNCATED),
        (KNOWN, TOO_LARGE, Outcome.TOO_LARGE),
        (KNOWN, SUSPECT, Outcome.SUSPECT),
        (UNKNOWN, SUSPECT, Outcome.SUSPECT),
        (KNOWN, UNREADABLE, Outcome.UNREADABLE),
        (KNOWN, _finding(_response(body=b"<html>old")), Outcome.IDENTICAL),
        (KNOWN, _finding(_response(body=b"<html>old", fault="x", fault_outcome=Outcome.TRUNCATED)), Outcome.TRUNCATED),
        (KNOWN, _finding(_response(), FIRST), Outcome.SAME),
        (KNOWN, _finding(_response(), EDITED), Outcome.CHANGED),
        (KNOWN, TO_FRONT, Outcome.SUSPECT),
        (UNKNOWN, TO_FRONT, Outcome.SUSPECT),
        (KNOWN, _finding(_response(), FIRST, identity=""), Outcome.SAME),
        (KNOWN, _finding(_redirected(NEW_URL), FIRST, identity=NEW_URL), Outcome.MOVED),
        (KNOWN, _finding(_redirected(NEW_URL), EDITED, identity=NEW_URL), Outcome.CHANGED),
        (KNOWN, _finding(_redirected(NEW_URL), ELSE, identity=NEW_URL), Outcome.MOVED),
        (KNOWN, _finding(_response(), ELSE), Outcome.CHANGED),  # the whole text replaced at the same URL is an edit
    ],
)
def test_a_visit_has_the_outcome(prior: Prior, finding: Finding, outcome: Outcome) -> None:
    decision = decide(prior, finding)
    assert decision.outcome is outcome
    assert (decision.comparison is not None) == (outcome is Outcome.CHANGED)


def test_only_what_has_to_be_read_is_read() -> None:
    old = sha256(b"<html>old")
    assert needs_reading("", _response())
    assert needs_reading(old, _response())
    assert not needs_reading(old, _response(body=b"<html>old"))
    assert needs_reading(old, _redirected(NEW_URL, body=b"<html>old"))  # the page may have moved
    assert not needs_reading(old, _response(404))
    assert not needs_reading(old, _response(304))
    assert not needs_reading("", _response(fault="cut", fault_outcome=Outcome.TRUNCATED))


def test_a_whole_answer_that_nobody_has_read_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="read"):
        decide(KNOWN, _finding(_response()))
    with pytest.raises(ValueError, match="response or a failure"):
        decide(KNOWN, _finding(None))


def test_the_comparison_says_what_was_changed() -> None:
    comparison = decide(KNOWN, _finding(_response(), EDITED)).comparison
    assert comparison is not None
    assert ChangeKind.NUMBER in comparison.kinds
    assert comparison.changes[0].removed == ("35",)


def test_a_note_tells_why_a_visit_came_to_nothing() -> None:
    assert decide(KNOWN, NO_ANSWER).note == "timed out"
    assert decide(KNOWN, CUT).note == "cut short"
    assert decide(KNOWN, SUSPECT).note == "a captcha"
    assert decide(KNOWN, UNREADABLE).note == "no text"
    assert decide(KNOWN, _finding(_response(503))).note == "answered 503"


def test_a_new_reader_does_not_make_an_edit_where_it_reads_the_old_capture_alike() -> None:
    finding = _finding(_response(), EDITED, reader="r2", earlier=_read_as(EDITED, "r2"))
    assert decide(KNOWN, finding).outcome is Outcome.SAME


def test_a_new_reader_still_sees_an_edit() -> None:
    finding = _finding(_response(), EDITED, reader="r2", earlier=_read_as(FIRST, "r2"))
    decision = decide(replace(KNOWN, article=ELSE), finding)  # what the old reader made of it does not count
    assert decision.outcome is Outcome.CHANGED
    assert decision.comparison is not None
    assert decision.comparison.changes[0].removed == ("35",)


@pytest.mark.parametrize("earlier", [None, _read_as(None, "r2"), _read_as(FIRST, "r3")])
def test_what_cannot_be_compared_is_a_new_start_and_never_an_edit(earlier: Reading | None) -> None:
    decision = decide(KNOWN, _finding(_response(), EDITED, reader="r2", earlier=earlier))
    assert decision.outcome is Outcome.NEW
    assert decision.comparison is None
    assert "nothing was compared" in decision.note


def test_two_readers_that_read_the_same_need_no_second_reading() -> None:
    decision = decide(KNOWN, _finding(_response(), FIRST, reader="r2", earlier=_read_as(None, "r2")))
    assert decision.outcome is Outcome.SAME


def test_a_pending_edit_that_is_taken_back_is_reverted() -> None:
    decision = decide(PENDING, _finding(_response(), FIRST))
    assert (decision.outcome, decision.reverted) == (Outcome.SAME, True)


def test_a_revert_on_the_way_to_a_new_url_is_a_revert_too() -> None:
    decision = decide(PENDING, _finding(_redirected(NEW_URL), FIRST, identity=NEW_URL))
    assert (decision.outcome, decision.reverted, decision.renamed) == (Outcome.MOVED, True, True)


def test_a_confirmed_edit_that_is_taken_back_is_another_edit() -> None:
    decision = decide(replace(KNOWN, article=EDITED), _finding(_response(), FIRST))
    assert decision.outcome is Outcome.CHANGED


def test_a_text_that_an_older_reader_read_is_not_compared_to_find_a_revert() -> None:
    finding = _finding(_response(), FIRST, reader="r2", earlier=_read_as(EDITED, "r2"))
    assert decide(PENDING, finding).outcome is Outcome.CHANGED


def test_a_further_edit_upholds_a_pending_one_that_still_stands() -> None:
    assert decide(PENDING, _finding(_response(), TWICE)).upheld


def test_a_further_edit_does_not_uphold_a_pending_one_that_it_overwrites() -> None:
    third = _article(SENTENCES[0].replace("35", "57"), *SENTENCES[1:])
    decision = decide(PENDING, _finding(_response(), third))
    assert (decision.outcome, decision.upheld) == (Outcome.CHANGED, False)


def test_a_move_renames_the_page_and_says_where_it_is() -> None:
    moved = decide(KNOWN, _finding(_redirected(NEW_URL), FIRST, identity=NEW_URL))
    changed = decide(KNOWN, _finding(_response(), EDITED, identity=NEW_URL))  # by rel=canonical
    another = decide(KNOWN, _finding(_redirected(NEW_URL), ELSE, identity=NEW_URL))
    assert (moved.renamed, changed.renamed, another.renamed) == (True, True, False)
    assert all(NEW_URL in decision.note for decision in (moved, changed, another))


def test_a_redirect_to_a_section_is_not_an_edit() -> None:
    """A pulled article often leads to its section; the section's teasers are no new text of it."""
    finding = _finding(_redirected("https://baovidu.example/thoi-su/"), ELSE)
    decision = decide(KNOWN, finding)
    assert decision.outcome is Outcome.SUSPECT
    assert "https://baovidu.example/thoi-su/" in decision.note


@pytest.mark.parametrize(
    ("to", "note"),
    [
        ("https://baovidu.example/", "redirected to the front page"),
        (
            "https://baovidu.example/thoi-su/",
            "redirected to https://baovidu.example/thoi-su/, which holds no article",
        ),
    ],
)
def test_a_redirect_to_a_list_of_headlines_is_told_although_no_article_is_read_there(to: str, note: str) -> None:
    decision = decide(KNOWN, _finding(_redirected(to), reading=_read_as(None, "r1")))
    assert (decision.outcome, decision.note) == (Outcome.SUSPECT, note)


def test_a_page_without_a_text_is_unreadable_after_a_redirect_to_the_same_path() -> None:
    to_www = _redirected(URL.replace("//", "//www."))
    assert decide(KNOWN, _finding(to_www, reading=_read_as(None, "r1"))).outcome is Outcome.UNREADABLE


def test_a_page_that_always_answers_after_a_redirect_can_be_edited() -> None:
    to_https = _finding(_response(url=URL, hops=(URL.replace("https", "http"),)), ELSE)
    assert decide(KNOWN, to_https).outcome is Outcome.CHANGED
    named = replace(ELSE, canonical_url=URL)
    assert decide(KNOWN, _finding(_redirected(NEW_URL), named)).outcome is Outcome.CHANGED


def test_an_article_whose_url_is_a_query_of_the_front_page_is_an_article() -> None:
    blog = "https://blog.example/?p=123"
    prior = replace(KNOWN, url=blog)
    assert decide(prior, _finding(_response(url=blog), EDITED, identity=blog)).outcome is Outcome.CHANGED
    to_front = _response(url="https://blog.example/", hops=(blog,))
    assert decide(prior, _finding(to_front, ELSE, identity=blog)).outcome is Outcome.SUSPECT
    moved = _finding(_redirected(blog), FIRST, identity=blog)
    assert decide(KNOWN, moved).outcome is Outcome.MOVED


def test_two_articles_without_a_headline_are_not_one_for_that() -> None:
    assert not same_article(replace(FIRST, title=""), replace(ELSE, title=""))


def test_one_article_is_known_by_its_headline_or_by_half_of_its_paragraphs() -> None:
    assert same_article(FIRST, replace(ELSE, title=FIRST.title))
    assert same_article(FIRST, replace(EDITED, title="Khác"))
    assert not same_article(FIRST, ELSE)
    assert not same_article(replace(FIRST, body=()), replace(ELSE, body=()))


LONG_TEXT = tuple(
    f"Đoạn {number} kể việc dựng cây cầu thứ {number} qua suối, do {number + 3} thợ làm trong {number + 7} ngày liền."
    for number in range(1, 12)
)
PAYWALL = "Đăng nhập hoặc mua gói đọc báo để xem tiếp bài viết này."


def _long(*texts: str, lead: str = "Mười một cây cầu nối các bản với nhau.") -> Article:
    body = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    return Article(url=URL, canonical_url="", title="Những cây cầu", lead=lead, body=body)


WHOLE = replace(KNOWN, article=_long(*LONG_TEXT))


@pytest.mark.parametrize(
    "texts",
    [
        (),
        LONG_TEXT[:1],
        LONG_TEXT[:3],
        (*LONG_TEXT[:2], PAYWALL),
        (LONG_TEXT[0], LONG_TEXT[1][:40] + "…", PAYWALL),
    ],
)
def test_an_article_that_shrinks_to_its_beginning_is_suspect(texts: tuple[str, ...]) -> None:
    decision = decide(WHOLE, _finding(_response(), _long(*texts)))
    assert decision.outcome is Outcome.SUSPECT
    assert "shrank to its beginning" in decision.note


@pytest.mark.parametrize(
    "texts",
    [
        LONG_TEXT[:-1],
        LONG_TEXT[:7],
        (LONG_TEXT[0], LONG_TEXT[-1]),
        ("Tòa soạn đã rút bài này để kiểm tra lại.",),
        (LONG_TEXT[0], *(f"Tòa soạn viết lại phần {n} sau khi kiểm tra với chủ đầu tư và xã." for n in range(6))),
    ],
)
def test_an_article_that_is_cut_or_written_anew_is_changed(texts: tuple[str, ...]) -> None:
    lead = WHOLE.article.lead if WHOLE.article and texts[0] in LONG_TEXT else "Bài đã được rút."
    assert decide(WHOLE, _finding(_response(), _long(*texts, lead=lead))).outcome is Outcome.CHANGED


def test_a_short_article_may_shrink() -> None:
    short = replace(KNOWN, article=_long(*LONG_TEXT[:4]))
    assert decide(short, _finding(_response(), _long(LONG_TEXT[0]))).outcome is Outcome.CHANGED


def test_a_beginning_that_stays_is_believed_in_the_end() -> None:
    finding = _finding(_response(), _long(*LONG_TEXT[:2]))
    outcomes = [decide(replace(WHOLE, suspects=count), finding).outcome for count in range(5)]
    assert outcomes == [Outcome.SUSPECT] * 3 + [Outcome.CHANGED] * 2


ABOVE = Reading(reader="r1", article=_long(*LONG_TEXT[:2]), suspect="paywall: x", sources={EXTENT: "paywall: x"})
BEHIND_A_WALL = replace(KNOWN, article=ABOVE.article, walled=True)


def _walled(article: Article) -> Finding:
    return _finding(_response(), reading=replace(ABOVE, article=article))


def test_the_beginning_above_a_paywall_is_believed_where_a_page_has_never_shown_more() -> None:
    looks = [decide(replace(UNKNOWN, suspects=count), _walled(_long(*LONG_TEXT[:2]))) for count in range(5)]
    assert [look.outcome for look in looks] == [Outcome.SUSPECT] * 3 + [Outcome.NEW] * 2
    assert looks[0].note == "paywall: x"
    assert looks[3].note.startswith("a paywall has kept all but this beginning from us")
    captcha = _finding(_response(), reading=Reading(reader="r1", article=FIRST, suspect="a captcha"))
    assert decide(replace(UNKNOWN, suspects=9), captcha).outcome is Outcome.SUSPECT


@pytest.mark.parametrize("prior", [WHOLE, replace(KNOWN, article=None, lost=True)])
def test_a_paywall_before_an_article_that_was_whole_is_never_believed(prior: Prior) -> None:
    assert decide(replace(prior, suspects=9), _walled(_long(*LONG_TEXT[:2]))).outcome is Outcome.SUSPECT


def test_what_stands_above_a_paywall_is_watched_from_then_on() -> None:
    assert decide(BEHIND_A_WALL, _walled(_long(*LONG_TEXT[:2]))).outcome is Outcome.SAME
    edited = decide(BEHIND_A_WALL, _walled(_long(LONG_TEXT[0], LONG_TEXT[1].replace("9 ngày", "19 ngày"))))
    assert edited.comparison is not None
    assert edited.comparison.kinds == (ChangeKind.NUMBER,)
    unmarked = _finding(_response(), _long(LONG_TEXT[0], LONG_TEXT[1].replace("9 ngày", "19 ngày")))
    assert decide(BEHIND_A_WALL, unmarked).outcome is Outcome.CHANGED


@pytest.mark.parametrize("texts", [LONG_TEXT, LONG_TEXT[:3], (LONG_TEXT[0], *LONG_TEXT[4:])])
def test_the_whole_text_behind_a_paywall_is_a_new_start_and_no_edit(texts: tuple[str, ...]) -> None:
    decision = decide(BEHIND_A_WALL, _finding(_response(), _long(*texts)))
    assert (decision.outcome, decision.comparison) == (Outcome.NEW, None)
    assert decision.note.startswith("a new start: the page had shown only the beginning")


TOLD = (
    "Sáng nay tỉnh mở phiên chợ trâu đầu tiên sau ba năm, hơn bốn trăm con được dắt về từ mười hai xã vùng cao.",
    "Giá một con trâu đực từ ba mươi đến năm mươi triệu đồng, cao hơn năm ngoái vì người nuôi giữ lại để làm giống.",
    "Ông Tráng A Dờ dắt hai con đi bộ từ nửa đêm, nói bán xong sẽ mua cho mỗi đứa cháu một đôi giày mới.",
    "Ban quản lý chợ dựng thêm hai dãy lán và một trạm thú y, con nào cũng được tiêm phòng trước khi vào bãi.",
    "Phiên chợ tới họp vào chủ nhật tuần sau, tỉnh dự tính làm thêm đường tránh để xe chở trâu khỏi qua trung tâm xã.",
)
MARKET = replace(KNOWN, article=_long(*TOLD, lead="Người nuôi mừng vì trâu được giá."))


def test_the_first_half_of_a_text_is_suspect_where_paragraphs_are_gone() -> None:
    metered = _long(*TOLD[:2], "Mời bạn đăng nhập.", lead="Người nuôi mừng vì trâu được giá.")
    assert decide(MARKET, _finding(_response(), metered)).outcome is Outcome.SUSPECT


def test_a_text_that_ends_amid_a_sentence_is_suspect_however_much_is_left() -> None:
    half = _long(*TOLD[:4], TOLD[4][:60].rstrip(), lead="Người nuôi mừng vì trâu được giá.")
    decision = decide(MARKET, _finding(_response(), half))
    assert decision.outcome is Outcome.SUSPECT
    assert "breaks off amid a sentence" in decision.note


def test_a_text_whose_last_sentence_is_taken_out_is_changed() -> None:
    two = _long(*TOLD[:4], f"{TOLD[4]} Ai cũng mong đến hôm ấy.", lead="Người nuôi mừng vì trâu được giá.")
    assert decide(replace(KNOWN, article=two), _finding(_response(), MARKET.article)).outcome is Outcome.CHANGED


def test_a_text_without_spaces_shrinks_as_any_other() -> None:
    told = tuple(
        f"第{n}座桥位于山谷深处，由{n + 3}名工匠用{n + 7}天时间建成，如今连接着两岸的村庄和学校。" for n in range(1, 12)
    )
    whole = replace(KNOWN, article=_long(*told, lead="十一座桥连接了各个村庄。"))
    assert (
        decide(whole, _finding(_response(), _long(*told[:2], lead="十一座桥连接了各个村庄。"))).outcome
        is Outcome.SUSPECT
    )


STATED = Moment(at=NOON, offset=timedelta(hours=7), text="")
DATED = replace(KNOWN, article=replace(FIRST, published=STATED))
WALL = _article("Nội dung chỉ dành cho người đọc ở trong tỉnh, mong bạn thông cảm.", title="Thông báo")


@pytest.mark.parametrize("suspects", [0, 7])
def test_a_short_text_without_a_date_in_place_of_an_article_is_suspect_however_often(suspects: int) -> None:
    decision = decide(replace(DATED, suspects=suspects), _finding(_response(), WALL))
    assert decision.outcome is Outcome.SUSPECT
    assert "an error page or a wall?" in decision.note


@pytest.mark.parametrize(
    "article",
    [
        replace(WALL, published=STATED),
        replace(WALL, title=FIRST.title),
        _article(*WALL.body[0].text.split(", "), SENTENCES[1], title="Thông báo"),
        _article(*(f"Đoạn {n} của một bài viết hoàn toàn mới, dài mười ba từ." for n in range(20)), title="Bài mới"),
    ],
)
def test_another_text_is_an_edit_where_anything_speaks_for_an_article(article: Article) -> None:
    assert decide(DATED, _finding(_response(), article)).outcome is Outcome.CHANGED


def test_an_edit_weighs_what_the_site_of_the_finding_says() -> None:
    weights = SiteWeights(kinds={ChangeKind.NUMBER: Significance.COSMETIC})
    usual, lighter = (
        decide(KNOWN, _finding(_response(), EDITED)),
        decide(KNOWN, _finding(_response(), EDITED, weights=weights)),
    )
    assert usual.comparison
    assert lighter.comparison
    assert usual.comparison.changes == lighter.comparison.changes
    assert usual.comparison.significance is Significance.SUBSTANTIVE
    assert lighter.comparison.significance is Significance.COSMETIC
