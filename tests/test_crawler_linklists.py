"""Lists of nothing but links are no text of the article."""

import pytest

from crawler.pages.linklists import CONTENTS, LINKS, find_link_lists
from crawler.pages.segmenting import segment
from crawler.pages.tree import load

TEXT = "<p>Chợ cá dời ra bến mới từ đầu tháng ba, sức chứa tăng gấp đôi.</p>"


def found(html: str) -> dict[str, str]:
    pieces = segment(load(f"<body>{TEXT}{html}{TEXT}</body>"), {})
    return {pieces[at].text: why for at, why in find_link_lists(pieces, set(range(len(pieces)))).items()}


def test_a_list_of_links_to_other_pages_goes_with_the_label_over_it() -> None:
    items = "<li><a href='/a'>Chuyện ở bến cá, kỳ một</a></li><li><a href='/b'>Bến mới</a></li>"
    assert found(f"<p>Thêm:</p><ul>{items}</ul>") == dict.fromkeys(
        ["Thêm:", "Chuyện ở bến cá, kỳ một", "Bến mới"], LINKS
    )


def test_a_table_of_contents_goes_with_its_heading() -> None:
    items = "".join(f"<li><a href='#p{n}'>Phần {n}</a></li>" for n in range(3))
    assert set(found(f"<h4>Nội dung chính</h4><ul>{items}</ul>").values()) == {CONTENTS}
    assert "Nội dung chính" in found(f"<h4>Nội dung chính</h4><ul>{items}</ul>")


@pytest.mark.parametrize(
    "items",
    [
        "<li><a href='/a'>Bến mới</a>: mở cả ngày và gấp đôi bến cũ</li><li><a href='/b'>Chợ đêm sông Lam</a></li>",
        "<li><a href='/sen'>Lý Thị Sen</a></li><li><a href='/an'>Lê An</a></li>",
        "<li>Sức chứa gấp đôi bến cũ</li><li>Mở cửa cả ngày</li>",
    ],
)
def test_a_list_that_says_something_stays(items: str) -> None:
    assert found(f"<ul>{items}</ul>") == {}
