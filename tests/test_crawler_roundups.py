"""The links over the items of a round-up are its text; headlines of other articles are none."""

from crawler.pages.reading import read
from crawler.rules import Rules

HEADS = ["Bến Lâm mua cảng Hải Hà", "Tân Giang bán nhà máy Sao Mai", "Kho lạnh Minh Phú về tay An Bình"]
TOLD = [
    "Công ty Bến Lâm cho biết đã mua cảng Hải Hà, nơi mỗi năm có hai nghìn chuyến tàu cập bến.",
    "Tập đoàn Tân Giang ký hợp đồng bán nhà máy Sao Mai sau ba năm làm ăn thua lỗ liên tiếp.",
    "Hãng An Bình tiếp quản kho lạnh Minh Phú cùng hai trăm công nhân từ đầu tháng mười một.",
]
OPENING = "".join(
    f"<p>Phần {n}: tháng mười ghi nhận nhiều vụ mua bán doanh nghiệp hơn hẳn cùng kỳ năm trước.</p>" for n in range(4)
)


def body_of(items: str) -> list[str]:
    html = f"<html lang='vi'><body><h1>Mua bán doanh nghiệp tháng mười</h1><article>{OPENING}{items}</article>"
    reading = read(html.encode(), "https://baovidu.example/mua-ban.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    return [block.text for block in reading.article.body][4:]


def round_up(number: int, *, host: str = "https://doanh-nghiep-{}.example", told: list[str] = TOLD) -> str:
    pairs = list(zip(HEADS, told, strict=True))[:number]
    return "".join(
        f"<p><a href='{host.format(n)}/tin'>{head}</a></p><p>{text}</p>" for n, (head, text) in enumerate(pairs)
    )


def test_links_to_other_sites_that_head_what_is_told_of_them_stay() -> None:
    assert body_of(round_up(3)) == [line for pair in zip(HEADS, TOLD, strict=True) for line in pair]


def test_a_link_or_two_head_nothing() -> None:
    assert not set(HEADS) & set(body_of(round_up(2)))


def test_links_within_the_site_are_other_articles() -> None:
    assert not set(HEADS) & set(body_of(round_up(3, host="https://baovidu.example/{}")))


def test_links_whose_words_nothing_below_takes_up_point_elsewhere() -> None:
    other = [f"Phần {n}: giá thuê mặt bằng giữ nguyên sau ba quý, theo số liệu mới nhất vừa công bố." for n in range(3)]
    assert body_of(round_up(3, told=other)) == other
