"""The examples in docs/what-is-an-edit.md: invented articles before and after, and what the program makes of them.

    python -m tests.edit_examples

writes the page's examples anew, between its two markers.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from luutin.diff_rows import Heading
from luutin.diffs import TerminalDiff
from storage.changes import ChangeKind
from storage.comparison.comparing import compare
from storage.records import Article, Block, BlockKind, Image, Moment

PAGE = Path(__file__).parent.parent / "docs" / "what-is-an-edit.md"
START, END = "<!-- examples: made by `python -m tests.edit_examples` -->\n", "<!-- end of the examples -->\n"
URL = "https://baovidu.example/cau-song-trang-post101.html"
_NIGHT = datetime(2026, 3, 11, 14, tzinfo=UTC)
_HEADING = Heading(url=URL, old_version=1, new_version=2, old_at=_NIGHT, new_at=_NIGHT)

BRIDGE = "Cầu sông Trang dài 412 m và nối hai xã vùng cao với quốc lộ."
WORKERS = "Nhà thầu đã đưa hơn một trăm công nhân lên công trường từ đầu tháng."
VILLAGE = "Người dân hai xã mong cây cầu sớm xong để con em đi học khỏi phải qua đò."


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Two readings of one invented article; `kind` is what the example is for, `None` for what is no edit."""

    kind: ChangeKind | None
    title: str
    old: Article
    new: Article


def _article(*texts: str, language: str = "vi", **more: Any) -> Article:
    body = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    return replace(Article(url=URL, canonical_url=URL, title="", language=language, body=body), **more)


def _words(kind: ChangeKind, language: str, before: str, after: str) -> Example:
    """A sentence with other words, in an article that stays as it is."""
    title = {"vi": "Vietnamese", "en": "English", "de": "German"}[language]
    made = [_article(text, language=language) for text in (before, after)]
    return Example(kind=kind, title=title, old=made[0], new=made[1])


def _field(kind: ChangeKind, field: str, before: Any, after: Any) -> Example:
    article = _article(BRIDGE, WORKERS)
    old, new = (replace(article, **{field: value}) for value in (before, after))
    return Example(kind=kind, title="Vietnamese", old=old, new=new)


def _texts(kind: ChangeKind | None, title: str, before: Sequence[str], after: Sequence[str]) -> Example:
    return Example(kind=kind, title=title, old=_article(*before), new=_article(*after))


def _stated(hour: int) -> Moment:
    at = datetime(2026, 3, 11, hour, 5, tzinfo=UTC)
    return Moment(at=at, offset=timedelta(hours=7), text=at.isoformat())


def examples() -> list[Example]:
    """At least one for each kind, in the order of the page's table; last, what is no edit."""
    kind = ChangeKind
    return [
        _field(kind.HEADLINE, "title", "Cầu sông Trang thông xe vào tháng 9", "Cầu sông Trang lỡ hẹn thông xe"),
        _words(kind.NUMBER, "vi", "Tổng vốn là 1.234,5 tỷ đồng.", "Tổng vốn là 1.324,5 tỷ đồng."),
        _words(kind.NUMBER, "en", "The bridge will cost $4.5m.", "The bridge will cost $5.4m."),
        _words(kind.DATE, "vi", "Công trình khởi công ngày 21/2/2026.", "Công trình khởi công ngày 12/2/2026."),
        _words(kind.DATE, "de", "Die Brücke öffnet am 3. März.", "Die Brücke öffnet am 13. März."),
        _words(kind.NAME, "vi", "Theo ông Nguyễn Văn Bình, mố cầu đã xong.", "Theo ông Trần Văn Bình, mố cầu đã xong."),
        _words(
            kind.QUOTE,
            "en",
            "The mayor of Lindow said: “We will finish on time.”",
            "The mayor of Lindow said: “We hope to finish on time.”",
        ),
        _words(kind.NEGATION, "vi", "Tỉnh đồng ý tăng vốn cho dự án.", "Tỉnh không đồng ý tăng vốn cho dự án."),
        _words(kind.NEGATION, "de", "Die Stadt wird zahlen.", "Die Stadt wird nicht zahlen."),
        _texts(kind.PARAGRAPH_ADDED, "Vietnamese", [BRIDGE, WORKERS], [BRIDGE, WORKERS, VILLAGE]),
        _texts(kind.PARAGRAPH_REMOVED, "Vietnamese", [BRIDGE, WORKERS, VILLAGE], [BRIDGE, VILLAGE]),
        _texts(kind.SENTENCE_ADDED, "Vietnamese", [f"{BRIDGE} {WORKERS}"], [f"{BRIDGE} {VILLAGE} {WORKERS}"]),
        _texts(kind.SENTENCE_REMOVED, "Vietnamese", [f"{BRIDGE} {VILLAGE} {WORKERS}"], [f"{BRIDGE} {WORKERS}"]),
        _texts(
            kind.CORRECTION_NOTE,
            "Vietnamese",
            [BRIDGE],
            [BRIDGE, "Đính chính: Bản tin trước ghi sai chiều dài của cây cầu. Tòa soạn xin lỗi bạn đọc."],
        ),
        _field(kind.LEAD, "lead", "Cây cầu được chờ đợi sắp xong.", "Cây cầu được mong mỏi sắp xong."),
        _field(kind.BYLINE, "authors", ("Minh Anh",), ("Minh Anh", "Thu Hà")),
        _field(kind.DATELINE, "published", _stated(2), _stated(7)),
        _field(kind.SECTION, "section", "Xã hội", "Giao thông"),
        _field(kind.TAGS, "tags", ("cầu", "vùng cao"), ("cầu", "giao thông")),
        _field(
            kind.CAPTION,
            "captions",
            ("Công nhân đổ bê tông mố cầu phía bắc.",),
            ("Công nhân đổ bê tông mố cầu phía nam.",),
        ),
        _field(
            kind.IMAGE,
            "images",
            (Image(url="https://anh.baovidu.example/mo-cau-1001.jpg"),),
            (Image(url="https://anh.baovidu.example/toan-canh-1002.jpg"),),
        ),
        _texts(kind.MOVED, "Vietnamese", [BRIDGE, WORKERS, VILLAGE], [VILLAGE, BRIDGE, WORKERS]),
        _words(kind.WORDING, "en", "The new bridge is large.", "The new bridge is useful."),
        _words(kind.WORDING, "vi", "Cây cầu giúp ích cho hai xã.", "Cây cầu thay đổi cuộc sống hai xã."),
        _words(kind.SPELLING, "en", "The bridge was finally finnished.", "The bridge was finally finished."),
        _words(kind.ORTHOGRAPHIC, "vi", "Uỷ ban hứa “hoà nhịp” hai bờ.", 'Ủy ban hứa "hòa nhịp" hai bờ.'),
        Example(
            kind=kind.DATELINE,
            title="only the stated time of the last change is newer",
            old=_article(BRIDGE, modified=_stated(2)),
            new=_article(BRIDGE, modified=_stated(7)),
        ),
        _texts(None, "white space, a zero-width character", [BRIDGE], [BRIDGE.replace(" dài", "\u00a0 dài\u200b")]),
        _texts(None, "a paragraph cut in two", [f"{BRIDGE} {WORKERS}", VILLAGE], [BRIDGE, WORKERS, VILLAGE]),
    ]


def shown(example: Example) -> str:
    """What `luutin diff` prints of an example in a pipe, without the two lines that name page and versions."""
    out = io.StringIO()
    comparison = compare(example.old, example.new)
    console = Console(file=out, width=1_000, color_system=None)
    console.print(TerminalDiff(example.old, example.new, comparison, _HEADING))
    lines = [line.rstrip() for line in out.getvalue().splitlines()[2:]]
    return "\n".join(line for line in lines if line)


def markdown() -> str:
    """All examples as they stand in the page."""
    return "".join(_blocks())


def _blocks() -> Iterator[str]:
    for example in examples():
        name = f"`{example.kind}`" if example.kind else "No edit"
        yield f"{name} ({example.title}):\n\n```\n{shown(example)}\n```\n\n"


def main() -> None:
    """Write the examples into the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{START}\n{markdown()}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
