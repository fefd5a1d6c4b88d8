"""The captures that storage is measured with: churned, edited now and then, the same each time."""

from pathlib import Path

from bench.churn import Subject, series, sibling
from bench.inside import look_inside
from bench.keeping import Kept
from bench.mutating.drafts import draft_of
from bench.mutating.stock import Source
from bench.storage import together
from tests.mutating import BODY, GOLD, PAGE, TITLE, others, shown, stock
from tests.newsroom import Newsroom, history

OTHER = Source(
    name="fair",
    language="en",
    title="A fair on the green",
    paragraphs=tuple(f"Stall {number} sold honey and candles until the rain came." for number in range(20)),
    authors=(),
)


def _subject(seed: int) -> Subject:
    return Subject(
        name="lowmere",
        site="courier",
        url="https://courier.example/harbour/bridge.html",
        text=PAGE,
        gold=GOLD,
        stock=stock(),
        seed=seed,
    )


def test_every_capture_has_other_bytes_and_the_article_is_edited_now_and_then() -> None:
    captures = series(_subject(1), 12)
    assert len({capture.response.body for capture in captures}) == 12
    assert [capture.response.body for capture in series(_subject(1), 3)] == [
        capture.response.body for capture in captures[:3]
    ]
    first, last = captures[0].reading.article, captures[-1].reading.article
    assert first is not None
    assert last is not None
    assert first.body != last.body


def test_each_answer_has_a_head_that_tells_its_length() -> None:
    response = series(_subject(1), 1)[0].response
    assert f"Content-Length: {len(response.body)}\r\n".encode() in response.head
    assert response.head.endswith(b"\r\n\r\n")


def test_a_sibling_is_another_article_in_the_same_template() -> None:
    text, gold = sibling(PAGE, GOLD, OTHER)
    seen = shown(text)
    assert all(paragraph in seen for paragraph in OTHER.paragraphs)
    assert OTHER.title in seen
    assert TITLE not in seen
    assert BODY[1] not in seen
    assert "The Lowmere Courier" in seen
    assert all(place is not None for place in draft_of(text, gold).places)


def test_a_sibling_of_few_paragraphs_has_no_others() -> None:
    text, _ = sibling(PAGE, GOLD, others()[0])
    assert not any(paragraph in shown(text) for paragraph in BODY[:8])


def test_what_is_in_a_compacted_file_is_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    room = Newsroom(f"sqlite:///{path}")
    history(room)
    before = look_inside(path)
    done = room.archive.compact(few=True)
    room.close()
    after = look_inside(path)
    assert sum(before.frames.values()) - sum(after.frames.values()) == done.saved > 0
    assert before.frames.keys() == after.frames.keys()
    assert after.hops < before.hops
    assert "piece" in after.tables


def test_sets_of_captures_are_added_up_before_their_ratios_are_taken() -> None:
    def kept(**sizes: int) -> list[Kept]:
        names = {"git": "git gc --aggressive", "warc": ".warc.gz", "own": "luutin, bodies compacted"}
        return [Kept(name=names[name], size=size, captures=1) for name, size in sizes.items()]

    said = together([kept(git=300, warc=2000, own=200), kept(git=100, warc=3000, own=100)])
    assert said[2:] == ["bodies compacted / git 0.750", "bodies compacted / .warc.gz 0.060"]
