"""The DOM cut into typed pieces."""

import pytest

from crawler.pages.blocks import Piece
from crawler.pages.segmenting import segment
from crawler.pages.tree import load
from storage.letters import count_words
from storage.records import BlockKind


def pieces(html: str) -> list[Piece]:
    return [piece for piece in segment(load(f"<body>{html}</body>"), {}) if not piece.picture]


def texts(html: str) -> list[str]:
    return [piece.text for piece in pieces(html)]


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<p>câu</p>", BlockKind.PARAGRAPH),
        ("<div>câu</div>", BlockKind.PARAGRAPH),
        ("<h3>câu</h3>", BlockKind.HEADING),
        ("<blockquote><p>câu</p></blockquote>", BlockKind.QUOTE),
        ("<ul><li><p>câu</p></li></ul>", BlockKind.LIST_ITEM),
        ("<dl><dd>câu</dd></dl>", BlockKind.LIST_ITEM),
    ],
)
def test_a_block_has_the_kind_of_what_holds_it(html: str, kind: BlockKind) -> None:
    assert [(piece.text, piece.kind) for piece in pieces(html)] == [("câu", kind)]


def test_one_break_is_white_space_and_two_end_a_paragraph() -> None:
    assert texts("<p>một<br>hai<br>\n<br/>ba</p>") == ["một hai", "ba"]


def test_inline_marks_do_not_cut_a_word() -> None:
    assert texts("<p>Đà <b>N</b>ẵng, <a href='/x'>hôm nay</a></p>") == ["Đà Nẵng, hôm nay"]


def test_text_between_blocks_is_a_paragraph_of_its_own() -> None:
    assert texts("<div>trước<p>trong</p>sau</div>") == ["trước", "trong", "sau"]


def test_white_space_is_folded_and_nothing_else_changes() -> None:
    assert texts("<p>  hoa\u0300\u00a0 “bình”\n </p>") == ["hoa\u0300 “bình”"]


def test_scripts_and_forms_are_no_text() -> None:
    assert texts("<p>a</p><script>var b</script><style>c</style><select><option>d</option></select>") == ["a"]


def test_links_are_counted_with_their_targets() -> None:
    (piece,) = pieces("<p><a href='/x'>Đọc thêm tin</a> này</p>")
    assert (piece.linked, piece.hrefs) == (12, ("/x",))


def test_a_block_inside_a_link_is_link_text() -> None:
    assert [piece.link_share for piece in pieces("<a href='/x'><h3>Tiêu đề</h3><p>Tóm tắt</p></a>")] == [1.0, 1.0]


def test_a_row_joins_its_cells() -> None:
    table = "<table><tr><th>Năm</th><th>Mức</th></tr><tr><td>2024</td><td>7,5%</td></tr></table>"
    assert [(piece.kind, piece.text) for piece in pieces(table)] == [
        (BlockKind.TABLE_ROW, "Năm | Mức"),
        (BlockKind.TABLE_ROW, "2024 | 7,5%"),
    ]


def test_a_table_that_lays_out_the_page_is_read_as_its_contents() -> None:
    assert texts("<table><tr><td><h2>Tít</h2><p>một</p><p>hai</p></td></tr></table>") == ["Tít", "một", "hai"]


def test_a_button_left_open_does_not_hide_the_article() -> None:
    assert texts("<button>x<main><h1>Tít</h1><p>thân bài</p></main>")[-2:] == ["Tít", "thân bài"]


def test_the_caption_of_a_picture_in_a_button_that_enlarges_it_is_read() -> None:
    held = "<button><figure><img src='/a.jpg'><figcaption>Cầu mới nhìn từ bờ tây</figcaption></figure></button>"
    assert "Cầu mới nhìn từ bờ tây" in texts(f"<p>trước</p>{held}<button>Gửi</button><p>sau</p>")
    assert "Gửi" not in texts(f"<p>trước</p>{held}<button>Gửi</button><p>sau</p>")


def test_an_article_in_an_item_of_a_list_is_made_of_paragraphs() -> None:
    def kinds(count: int) -> set[BlockKind]:
        told = "".join(f"<p>đoạn {n}</p>" for n in range(count))
        return {piece.kind for piece in pieces(f"<ul><li><div><h2>Tít</h2>{told}</div></li><li>mục</li></ul>")}

    assert kinds(8) == {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
    assert kinds(2) == {BlockKind.HEADING, BlockKind.LIST_ITEM}


def test_a_marked_inline_element_is_a_piece_of_its_own() -> None:
    tree = load("<body><p>trước <span class='c'>giữa</span> sau</p></body>")
    span = tree.find(".//span")
    assert span is not None
    found = segment(tree, {span: "caption"})
    assert [(piece.text, piece.mark) for piece in found] == [("trước", ""), ("giữa", "caption"), ("sau", "")]


def test_scripts_without_spaces_count_two_characters_as_a_word() -> None:
    assert count_words("习近平主席向论坛致贺信") > 4


def test_a_line_that_its_style_draws_as_a_block_is_a_text_of_its_own() -> None:
    html = "<div><time>3 giờ trước</time><span style='color: red; display: block'>Thời gian đọc</span>: 5 phút</div>"
    assert texts(html) == ["3 giờ trước", "Thời gian đọc", ": 5 phút"]


def test_a_table_of_data_is_one_however_its_cells_are_laid_out() -> None:
    row = f"<tr><td>2024{' ' * 700}</td><td>7,5%</td></tr>"
    assert texts(f"<table>{row}{row}</table>") == ["2024 | 7,5%", "2024 | 7,5%"]
