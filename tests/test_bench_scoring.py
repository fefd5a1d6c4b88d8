"""The scores of bench/reading.py say what they are meant to."""

from lxml.html import document_fromstring

from bench.scoring import Gold, Predicted, score, shingles, words

PAGE = document_fromstring(
    "<body><p>x</p><a href='/b'>Giá xăng tăng lần thứ ba</a><figcaption>Bến cá sáng nay đông vui</figcaption>"
)
BODY = ("Chợ cá dời ra bến mới từ đầu tháng ba năm nay.", "Sức chứa của bến mới gấp đôi bến cũ.")


def test_a_reading_like_the_gold_scores_one() -> None:
    found = score(Gold(body=BODY), Predicted(text="\n".join(BODY)), PAGE)
    assert (found.shared, found.extra, found.missing) == (1.0, 0.0, 0.0)
    assert not any(found.leaks.values())


def test_a_lost_paragraph_is_missing_and_a_foreign_one_extra() -> None:
    lost = score(Gold(body=BODY), Predicted(text=BODY[0]), PAGE)
    assert lost.missing is not None
    assert lost.missing > 0
    assert lost.lost is not None
    assert 0.4 < lost.lost < 0.5
    assert lost.extra == 0
    more = score(Gold(body=BODY), Predicted(text="\n".join([*BODY, "Một đoạn khác hẳn không có trong bài."])), PAGE)
    assert more.extra is not None
    assert more.extra > 0
    assert more.missing == 0


def test_an_optional_paragraph_may_be_left_out_or_kept() -> None:
    gold = Gold(body=BODY, optional=frozenset({1}))
    assert score(gold, Predicted(text=BODY[0]), PAGE).missing == 0
    assert score(gold, Predicted(text="\n".join(BODY)), PAGE).extra == 0


def test_a_linked_line_that_is_not_in_the_gold_is_a_leaked_teaser() -> None:
    found = score(Gold(body=BODY), Predicted(text="\n".join([*BODY, "Giá xăng tăng lần thứ ba"])), PAGE)
    assert found.leaks == {"teaser": True, "notice": False, "caption": False}


def test_a_caption_in_the_text_is_told() -> None:
    found = score(Gold(body=BODY), Predicted(text="\n".join(["Bến cá sáng nay đông vui", *BODY])), PAGE)
    assert found.leaks["caption"]


def test_a_site_suffix_is_forgiven_but_not_exact() -> None:
    found = score(Gold(title="Chợ cá dời ra bến mới"), Predicted(title="Chợ cá dời ra bến mới - Báo Ví Dụ"), PAGE)
    assert (found.title, found.exact) == (True, False)


def test_all_authors_and_nobody_else() -> None:
    gold = Gold(authors=("Vũ Ba", "Hoàng Linh"))
    assert score(gold, Predicted(authors=("Hoàng Linh", "Theo Vũ Ba")), PAGE).authors
    assert not score(gold, Predicted(authors=("Vũ Ba",)), PAGE).authors
    assert not score(gold, Predicted(authors=("Vũ Ba", "Hoàng Linh", "Báo Ví Dụ")), PAGE).authors


def test_scripts_without_spaces_count_by_the_character() -> None:
    assert words("新闻 tin") == ["新", "闻", "tin"]
    assert sum(shingles("một hai ba bốn năm").values()) == 2


def test_a_link_to_a_place_on_the_page_is_no_teaser() -> None:
    page = document_fromstring("<a href='#gia'>Giá xăng tăng lần thứ ba</a>")
    assert not score(Gold(body=BODY), Predicted(text="\n".join([*BODY, "Giá xăng tăng lần thứ ba"])), page).leaks[
        "teaser"
    ]
