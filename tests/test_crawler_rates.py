"""Boxes of rates and scores within a text are no text of it; a table of its own is."""

import pytest

from crawler.pages.rates import find_rates
from crawler.pages.reading import read
from crawler.pages.tree import load
from crawler.rules import Rules

STORY = [f"Đoạn {n}: giá vàng trong nước đi ngang, người mua kẻ bán đều chờ phiên đấu thầu tới." for n in range(5)]
RATES = [("SJC", "120,3", "122,3"), ("USD", "25.120", "25.480")]
TABLE = f"<table>{''.join(f'<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>' for a, b, c in RATES)}</table>"
ROWS = [" | ".join(row) for row in RATES]


def body(box: str) -> list[str]:
    told = [f"<p>{text}</p>" for text in STORY]
    html = f"<html lang='vi'><body><h1>Vàng đi ngang</h1><div>{''.join(told[:3])}{box}{''.join(told[3:])}</div>"
    article = read(html.encode(), "https://a.example/b.html", "text/html", Rules()).article
    return [block.text for block in article.body] if article else []


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='box-gia-vang'><h4>Giá vàng hôm nay</h4>{TABLE}</div>",
        f"<div class='box_tygia'><h4>Tỷ giá</h4>{TABLE}</div>",
        f"<div class='widget'>{TABLE}</div>",
        "<div class='widget'><h4>Tỷ giá ngoại tệ</h4><p>USD 25.120 đồng, EUR 27.480 đồng, JPY 170 đồng.</p></div>",
        "<div class='weather-widget'><p>Hà Nội 27°C, Huế 29°C, Cần Thơ 31°C, độ ẩm trung bình.</p></div>",
        "<div class='livescore'><p>Hà Nội FC 2 - 1 Sông Lam Nghệ An, phút 67 của trận đấu</p></div>",
    ],
)
def test_a_box_of_rates_or_scores_is_left_out(box: str) -> None:
    assert body(box) == STORY


@pytest.mark.parametrize("box", [TABLE, f"<div>{TABLE}</div>", f"<div class='elementor-widget widget'>{TABLE}</div>"])
def test_a_table_of_prices_that_is_the_articles_own_is_kept(box: str) -> None:
    assert body(box) == [*STORY[:3], *ROWS, *STORY[3:]]


def test_a_widget_that_holds_paragraphs_or_other_figures_is_kept() -> None:
    told = f"<div class='widget'><p>{STORY[0]}</p>{TABLE}</div>"
    other = "<div class='widget'><table><tr><td>Lam Đông</td><td>12</td><td>15</td><td>18</td></tr></table></div>"
    assert find_rates(load(f"<body>{told}{other}</body>"), frozenset()) == {}


@pytest.mark.parametrize("price", ["VNM 61.1 ▲", "VNM: 61,1 (▲ 0,5)", "+1.2%", "VN-Index 1.250,3"])
def test_the_price_of_a_share_goes_out_of_its_sentence(price: str) -> None:
    sentence = (
        "<p>Cổ phiếu Vinamilk <span class='ticker'>{}</span> tăng mạnh trong phiên chiều nay tại sàn thành phố.</p>"
    )
    whole = "Cổ phiếu Vinamilk tăng mạnh trong phiên chiều nay tại sàn thành phố."
    assert body(sentence.format(price)) == [*STORY[:3], whole, *STORY[3:]]


@pytest.mark.parametrize("name", ["VNM", "NASDAQ: AAPL", "COVID-19", "40%"])
def test_what_only_names_a_share_stays_in_its_sentence(name: str) -> None:
    sentence = f"Cổ phiếu {name} tăng mạnh trong phiên chiều nay tại sàn thành phố."
    assert sentence in body(f"<p>{sentence.replace(name, f'<span class=stock-tag>{name}</span>')}</p>")


def test_what_an_author_wrote_in_bold_stays() -> None:
    sentence = "Mã VNM 61.1 ▲ dẫn đầu nhóm thực phẩm trong phiên chiều nay tại sàn thành phố."
    assert sentence in body(f"<p>{sentence.replace('VNM 61.1 ▲', '<b>VNM 61.1 ▲</b>')}</p>")
