"""How a difference is shown: on a terminal, as a unified diff, as JSON and as web pages."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import StringIO

import pytest
from rich.console import Console

from luutin.diff_html import inline_page, side_by_side_page
from luutin.diff_rows import Heading, State, bounds, rows
from luutin.diffs import TerminalDiff, as_json, unified
from storage.comparison.comparing import compare
from storage.records import Article, Block, BlockKind

HEADING = Heading(
    url="https://baovidu.example/a?b=1&c=2",
    old_version=1,
    new_version=2,
    old_at=datetime(2025, 3, 11, 14, 0, tzinfo=UTC),
    new_at=datetime(2025, 3, 12, 0, 0, tzinfo=UTC),
)
TEXTS = (
    "Đoạn thứ nhất nói về kế hoạch của thành phố.",
    "Tăng trưởng đạt 7,5% trong hai tháng đầu năm.",
    "Đoạn thứ ba không đổi một chữ nào cả.",
    "Đoạn thứ tư cũng đứng yên ở chỗ của mình.",
    "Đoạn thứ năm sẽ bị gỡ khỏi bài viết này.",
    "Đoạn cuối cùng kể về những người dân ở đây.",
)


def article(*texts: str) -> Article:
    return Article(
        url=HEADING.url,
        canonical_url=HEADING.url,
        title="Kinh tế <tăng>",
        language="vi",
        tags=("kinh tế",),
        body=tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts),
    )


OLD = article(*TEXTS)
NEW = replace(
    article(
        TEXTS[0], TEXTS[1].replace("7,5%", "7,6%"), *TEXTS[2:4], TEXTS[5], "Đoạn <script>mới</script> & lạ \x1b[31m."
    ),
    tags=("kinh tế", "xã hội"),
)
CHANGES = compare(OLD, NEW)


def terminal(*, colours: bool) -> str:
    out = StringIO()
    console = Console(file=out, width=200, force_terminal=colours, color_system="standard" if colours else None)
    console.print(TerminalDiff(OLD, NEW, CHANGES, HEADING))
    return out.getvalue()


def test_rows_say_what_became_of_each_field_and_block() -> None:
    states = [row.state for row in rows(OLD, NEW, CHANGES)]
    assert states == [
        State.SAME,  # the title
        State.SAME,
        State.CHANGED,
        State.SAME,
        State.SAME,
        State.REMOVED,
        State.SAME,
        State.ADDED,
        State.ADDED,  # a tag
    ]


def test_a_moved_block_is_shown_where_it_was_and_where_it_is() -> None:
    new = article(*TEXTS[1:], TEXTS[0])
    found = rows(OLD, new, compare(OLD, new))
    assert [row.state for row in found if row.state is not State.SAME] == [State.MOVED_AWAY, State.MOVED_HERE]


def test_without_colours_words_are_marked() -> None:
    text = terminal(colours=False)
    assert "Tăng trưởng đạt [-7,5%-] {+7,6%+} trong hai tháng đầu năm." in text
    assert f"- {TEXTS[4]}" in text
    assert "… 2 unchanged" in text
    assert TEXTS[2] not in text
    assert "A number was changed: 7,5% became 7,6%." in text


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Ngập ở TP HCM.", "Ngập ở TP.HCM.", "Ngập ở TP{+.+}HCM."),
        ("Ngập ở TP.HCM.", "Ngập ở TP HCM.", "Ngập ở TP[-.-] HCM."),
        ("Giá xăng dầu giảm.", "Giá xăng, dầu giảm.", "Giá xăng{+,+} dầu giảm."),
        ("Giá xăng, dầu giảm.", "Giá xăng dầu giảm.", "Giá xăng[-,-] dầu giảm."),
        ("Có hai mươi mốt em.", "Có hai mươi tư em.", "Có [-hai mươi mốt-] {+hai mươi tư+} em."),
        ("Bà Lê Thị Sen về.", "Bà Lê Thị Sim về.", "Bà Lê Thị [-Sen-] {+Sim+} về."),
        ("Anh N.V.T. khai.", "Anh N.V.H. khai.", "Anh [-N.V.T.-] {+N.V.H.+} khai."),
    ],
)
def test_marks_stand_where_either_text_has_them_and_words_whole(old: str, new: str, shown: str) -> None:
    before, after = article(old), article(new)
    out = StringIO()
    diff = TerminalDiff(before, after, compare(before, after), HEADING)
    Console(file=out, width=200, force_terminal=False).print(diff)
    assert f"  {shown}" in out.getvalue().splitlines()


def test_with_colours_there_are_no_marks_and_no_escapes_of_the_page() -> None:
    text = terminal(colours=True)
    assert "[-" not in text
    assert "\x1b[9;31m7,5%" in text
    assert "\x1b[31m." not in text


def test_unified_counts_lines_as_diff_does() -> None:
    lines = unified(OLD, NEW, CHANGES, HEADING).splitlines()
    before, after = bounds(HEADING)
    assert lines[0] == f"--- {HEADING.url}\t{before}"
    assert lines[1] == f"+++ {HEADING.url}\t{after}"
    assert lines[2] == "@@ -1,7 +1,8 @@"
    assert f"-{TEXTS[1]}" in lines
    assert f"+{TEXTS[1].replace('7,5%', '7,6%')}" in lines
    assert f" {TEXTS[2]}" in lines
    assert sum(line.startswith(("-", " ")) for line in lines[3:]) == 7
    assert sum(line.startswith(("+", " ")) for line in lines[3:]) == 8


def test_json_joins_back_to_both_texts() -> None:
    found = json.loads(as_json(OLD, NEW, CHANGES, HEADING))
    assert found["kinds"] == ["number", "paragraph-removed", "paragraph-added", "tags"]
    assert found["between"] == ["2025-03-11T14:00:00+00:00", "2025-03-12T00:00:00+00:00"]
    change = found["changes"][0]
    assert (change["removed"], change["added"]) == (["7,5%"], ["7,6%"])
    texts = {op: "".join(h["text"] for h in change["hunks"] if h["op"] in {"equal", op}) for op in ("added", "removed")}
    assert texts == {"added": change["after"], "removed": change["before"]}
    assert "\n" not in as_json(OLD, NEW, CHANGES, HEADING)


class _Page(HTMLParser):
    """The tags of a page, and the text in each of `ins` and `del`."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.marked: dict[str, list[str]] = {"ins": [], "del": []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.marked:
            self.marked[self.open[-1]].append(data)


@pytest.mark.parametrize("make", [inline_page, side_by_side_page])
def test_a_page_is_whole_and_marks_words_and_escapes_texts(make: Callable[..., str]) -> None:
    page = make(OLD, NEW, CHANGES, HEADING)
    parser = _Page()
    parser.feed(page)
    parser.close()
    assert not parser.open
    assert parser.marked["del"] == ["7,5%", TEXTS[4]]
    assert parser.marked["ins"] == ["7,6%", "Đoạn <script>mới</script> & lạ [31m.", "xã hội"]
    assert not {"script", "link", "img"} & set(parser.tags)
    assert "prefers-color-scheme: dark" in page
    assert '<html lang="vi">' in page


def test_an_address_that_is_no_web_address_is_not_linked() -> None:
    page = inline_page(OLD, NEW, CHANGES, replace(HEADING, url='javascript:alert("1")'))
    assert "<a " not in page
    assert "&quot;1&quot;" in page


def test_nothing_edited_is_said() -> None:
    nothing = compare(OLD, OLD)
    assert "Nothing was edited." in inline_page(OLD, OLD, nothing, HEADING)
    assert len(unified(OLD, OLD, nothing, HEADING).splitlines()) == 2


def test_a_lone_surrogate_does_not_stop_a_rendering() -> None:
    new = article(*TEXTS[:5], "Đoạn cuối \ud800 hỏng và khác hẳn những gì đã có trước đây.")
    changes = compare(OLD, new)
    for text in (unified(OLD, new, changes, HEADING), as_json(OLD, new, changes, HEADING)):
        text.encode()
    inline_page(OLD, new, changes, HEADING).encode()


def test_times_are_in_the_zone_of_the_machine_and_say_what_was_seen_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    try:
        assert bounds(HEADING) == (
            "version 1 (last seen 2025-03-11 21:00:00+07:00)",
            "version 2 (first seen 2025-03-12 07:00:00+07:00)",
        )
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_was_cut_off_the_end_stands_apart_from_what_is_left() -> None:
    old, new = article("Cầu thông xe vào tháng 9"), article("Cầu thông xe")
    assert "Cầu thông xe [-vào tháng 9-]" in shown_in_a_pipe(old, new)
    assert "Cầu thông xe <del>vào tháng 9</del>" in inline_page(old, new, compare(old, new), HEADING)


def shown_in_a_pipe(old: Article, new: Article) -> str:
    out = StringIO()
    Console(file=out, width=200, color_system=None).print(TerminalDiff(old, new, compare(old, new), HEADING))
    return out.getvalue()


def test_a_vietnamese_word_of_which_one_syllable_was_changed_is_shown_whole() -> None:
    old, new = article("Chị được đưa đến bệnh viện vào sáng nay."), article("Chị được đưa đến bệnh xá vào sáng nay.")
    found = compare(old, new)
    assert ("bệnh viện ", "bệnh xá ") in [hunk[1:] for row in rows(old, new, found) for hunk in row.hunks]
    hunks = json.loads(as_json(old, new, found, HEADING))["changes"][0]["hunks"]
    assert {"op": "removed", "text": "bệnh viện "} in hunks
    assert {"op": "added", "text": "bệnh xá "} in hunks
    other = replace(old, language="en"), replace(new, language="en")
    assert ("viện ", "xá ") in [hunk[1:] for row in rows(*other, compare(*other)) for hunk in row.hunks]
