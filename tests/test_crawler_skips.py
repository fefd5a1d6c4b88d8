"""A box that begins with a link to what stands behind it is no text; a table of contents and a footnote are."""

import pytest

from tests.quay import TOLD, body_of

OFFER = "Stories from the coast, picked by hand."


@pytest.mark.parametrize(
    "box",
    [
        f"<figure><a href='#s1'>skip past this box</a><div><p>{OFFER}</p></div><p id='s1'>after this box</p></figure>",
        f"<section><h2>Listen</h2><a href='#s1'>Skip and go on</a><p>{OFFER}</p><p id='s1'>End</p></section>",
        f"<div><div><a href='#s1'>SKIP THIS</a></div><div><p>{OFFER}</p></div><div id='s1'></div></div>",
    ],
)
def test_a_box_with_a_link_past_it_is_left_out(box: str) -> None:
    assert body_of(box) == TOLD


def test_only_the_box_goes_where_text_stands_around_it() -> None:
    box = f"<a href='#s1'>Skip and go on</a><p>{OFFER}</p><p id='s1'>End of the box</p>"
    assert body_of(box) == TOLD


@pytest.mark.parametrize(
    "middle",
    [
        f"<div><a href='#s1'>What comes next</a></div><p>{OFFER}</p><h2 id='s1'>What comes next</h2>",
        f"<p>It costs nothing. <a href='#s1'>See below</a></p><p>{OFFER}</p><p id='s1'>A last remark.</p>",
    ],
)
def test_what_a_link_to_a_heading_or_within_a_sentence_passes_is_kept(middle: str) -> None:
    assert OFFER in body_of(middle)


@pytest.mark.parametrize("item", ["<li><p>{}</p></li>", "<p>{}</p>"])
def test_a_table_of_contents_that_leads_to_anchors_takes_no_text_with_it(item: str) -> None:
    links = ("<a href='#s1'>What it costs</a>", "<a href='#s2'>Who pays for it</a>")
    contents = "".join(map(item.format, links))
    text = f"<p>{OFFER}</p><span id='s1'></span><p>It costs nothing at all.</p><a id='s2'></a><p>The town pays.</p>"
    assert {OFFER, "It costs nothing at all.", "The town pays."} <= set(body_of(f"<div>{contents}</div>{text}"))
