"""A box that invites readers to subscribe or to pay is no text; a sentence of the article about subscriptions is."""

import pytest

from crawler.pages.cards import Links
from crawler.pages.invitations import find_buttoned
from crawler.pages.reading import read
from crawler.pages.segmenting import segment
from crawler.pages.tree import load
from crawler.rules import Rules
from tests.quay import TOLD, body_of


@pytest.mark.parametrize(
    "text",
    [
        "Already a subscriber? Log in to hide this box. Unlimited access, cancel anytime.",
        "You have 2 free articles left this month. Become a member from just $1 a week.",
        "You've reached your limit of free articles. Log in to continue reading.",
        "Bạn đã đọc hết 3 bài miễn phí trong tháng. Trở thành hội viên để đọc tiếp với 49.000 đồng mỗi tháng.",
        "Bạn cần đăng nhập để gửi ý kiến. Thông tin của bạn được giữ kín.",
        "Weiterlesen mit dem Probeabo: vier Wochen für einen Euro, jederzeit kündbar.",
        "Il vous reste 2 articles gratuits ce mois-ci. Abonnez-vous pour 1 euro par semaine.",
        "Te quedan 2 artículos gratis este mes. Hazte socio por 1 euro a la semana.",
        "The day's best stories in one free email, every weekday before you wake.",
        "Das Wichtigste vom Tag, jeden Abend um sechs in Ihrem Postfach.",
        "Всё важное за день каждое утро в вашей почте.",
        "हर सुबह दिन की बड़ी ख़बरें अपने ईमेल पर पाएं।",
        "Berita pilihan setiap pagi di email Anda.",
        "أهم أخبار اليوم في بريدك كل صباح.",
    ],
)
@pytest.mark.parametrize(
    "box", ["<div class='q4'><strong>{}</strong></div>", "<section class='q4'><p class='k'>{}</p></section>"]
)
def test_an_invitation_written_unlike_the_text_is_left_out(text: str, box: str) -> None:
    assert body_of(box.format(text)) == TOLD


def test_an_invitation_is_left_out_where_the_whole_article_stands_in_a_list() -> None:
    box = "<div class='q4'><p class='k'>You have 2 free articles left. Become a member for $1 a week.</p></div>"
    told = "".join(f"<p>{text}</p>" for text in TOLD)
    html = (
        f"<html><body><h1>Boats move to the new quay</h1><ul><li>{told}{box}<p>{TOLD[0]} So be it.</p></li></ul></body>"
    )
    reading = read(html.encode(), "https://paper.example/new-quay.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text for block in reading.article.body] == [*TOLD, f"{TOLD[0]} So be it."]


@pytest.mark.parametrize(
    "block",
    [
        "<p>Your subscription costs $5 a month, and you can cancel anytime, the port says of its new app.</p>",
        "<p class='k'>The port will raise the fee for a berth to $12 a month from May.</p>",
        "<p><b>Members of the guild have asked for lower fees.</b></p>",
        "<h2>Log in, sign up, subscribe: how the new quay works for you</h2>",
    ],
)
def test_what_the_article_says_of_fees_and_members_stays(block: str) -> None:
    assert len(body_of(block)) == len(TOLD) + 1


@pytest.mark.parametrize(
    "box",
    [
        "<div class='q4'><p>Support independent journalism today.</p><a href='/give'>Donate</a></div>",
        "<div><h4>Boats weekly</h4><p>Support our work.</p><p><a href='/give'>Become a friend</a></p></div>",
    ],
)
def test_a_box_that_asks_for_something_over_a_link_to_do_it_by_is_left_out(box: str) -> None:
    assert body_of(box) == TOLD


def test_a_request_among_the_paragraphs_stays() -> None:
    asked = "Support our captains, said the mayor."
    assert (
        body_of(f"<p>{asked}</p><p><a href='/mayor'>The mayor</a> spoke for an hour and then left the quay.</p>")[3]
        == asked
    )


def test_rates_of_a_market_written_unlike_the_text_are_left_out_and_a_line_of_the_text_stays() -> None:
    rates = "Harbour 30 664.4 +0.06% Quay 15 435.5 -0.91%"
    assert body_of(f"<div class='k'><span>{rates}</span></div>") == TOLD
    assert rates in body_of(f"<p>{rates}</p>")


@pytest.mark.parametrize(
    "box",
    [
        "<div class='x1'><p>毎朝六時に主な記事を届けます。登録は無料です。</p><a href='/nl'>登録する</a></div>",
        "<div class='x1'><p>Toute la région en bref chaque matin</p><p><a href='/nl'>Je la veux</a></p></div>",
    ],
)
def test_a_box_amid_the_text_that_ends_in_a_short_link_is_no_text(box: str) -> None:
    text = "<p>Les métiers à tisser battent toujours au fond de la cour, mais nul ne sait pour combien de temps.</p>"
    pieces = segment(load(f"<body><main>{3 * text}{box}{3 * text}</main></body>"), {})
    assert sorted(find_buttoned(pieces, range(len(pieces)), Links("https://a.example/1"))) == [3, 4]
    above = segment(load(f"<body><main>{box}{6 * text}</main></body>"), {})
    assert find_buttoned(above, range(len(above)), Links("https://a.example/1")) == {}


def test_what_is_as_short_as_a_button_goes_with_the_invitation_in_its_box() -> None:
    text = "The day's best stories in one free email, every weekday before you wake."
    assert body_of(f"<div class='w9'><p class='k'>{text}</p><p class='k'>Join now</p></div>") == TOLD
