"""What an edit is made of: nothing that is no part of the article, or that the page says at several places."""

from dataclasses import replace

import pytest

from bench.mutating.drafts import draft_of, text_of
from bench.mutating.stock import source_of
from bench.mutating.stories import Story
from tests.mutating import BODY, GOLD, PAGE, TITLE, shop

ITEMS = f"<ul><li>{BODY[8]}</li><li>{BODY[9]}</li></ul>"


def stories(text: str, kind: str, seeds: int = 8) -> list[Story]:
    assert text != PAGE
    return [story for seed in range(seeds) for story in shop(seed, text=text).stories(frozenset([kind]))]


def test_no_item_comes_to_a_table_of_contents() -> None:
    heads = "".join(f"<h2>{text}</h2>" for text in BODY[8:10])
    assert stories(PAGE.replace(ITEMS, ITEMS + "<h2>Prices</h2>"), "list item")
    assert not stories(PAGE.replace(ITEMS, ITEMS + heads), "list item")


def test_no_item_comes_to_the_answers_of_a_poll() -> None:
    assert not stories(PAGE.replace(ITEMS, f'<div class="pictures-poll__answers">{ITEMS}</div>'), "list item")


def test_a_heading_in_a_dialog_is_no_headline() -> None:
    head = f"<h1>{TITLE}</h1>"
    dialog = f'<div class="republish-modal"><div>{head}</div></div>'
    assert not stories(PAGE.replace(head, dialog), "headline shown alone")
    assert stories(PAGE.replace(head, f'<div class="modern">{head}</div>'), "headline shown alone")


def test_a_sentence_is_moved_only_from_and_to_where_the_page_says_a_sentence_once() -> None:
    assert stories(PAGE.replace("</article>", f"<p>{BODY[0]}</p></article>"), "sentence moved")
    assert not stories(PAGE.replace("</article>", f"<p>{BODY[1]}</p></article>"), "sentence moved")


def test_a_weekday_behind_a_name_is_no_name() -> None:
    told = "Schools along the River Friday will close early on the day of the opening, when a band is going to play."
    gold = replace(GOLD, body=(*BODY[:10], told, BODY[11]))
    text = PAGE.replace(BODY[10], told)
    found = [story for seed in range(8) for story in shop(seed, text=text, gold=gold).stories(frozenset(["name"]))]
    assert found
    assert not [story for story in found if story.made is None or story.made.gone == "Friday"]


def test_the_site_as_its_own_author_is_no_byline() -> None:
    site = '<meta property="og:site_name" content="{}"></head>'
    assert stories(PAGE.replace("</head>", site.format("The Lowmere Courier")), "byline")
    assert stories(PAGE.replace("</head>", site.format("Morten Askelandsen")), "byline")
    assert not stories(PAGE.replace("</head>", site.format("Morten Askeland")), "byline")
    assert not stories(PAGE.replace("</head>", site.format("Morten Askeland - News of the Fjord")), "byline")


def test_a_portrait_that_its_file_names_is_no_picture_of_the_article() -> None:
    assert stories(PAGE.replace("lowmere-bridge-20260319-wide", "lowmere-bridge-20260319-narrow"), "image")
    assert not stories(PAGE.replace("lowmere-bridge-20260319-wide", "circular-profile-20260319-wide"), "image")


@pytest.mark.parametrize("mark", ["em", "small"])
def test_a_line_in_italics_below_a_picture_is_its_caption(mark: str) -> None:
    figure = PAGE[PAGE.index("<figure>") : PAGE.index("</figure>") + 9]
    picture = '<div><img src="/media/lowmere-bridge-20260319-wide.jpg" alt=""></div>'
    text = PAGE.replace(figure, f"{picture}<p><strong><{mark}>{BODY[11]}</{mark}></strong></p>")
    plain = PAGE.replace(figure, f"{picture}<p>{BODY[11]}</p>")
    gold = replace(GOLD, optional=frozenset())
    assert BODY[11] not in [text_of(one) for one in draft_of(text, gold).paragraphs]
    assert BODY[11] in [text_of(one) for one in draft_of(plain, gold).paragraphs]


def test_a_name_in_what_the_owner_of_a_site_thinks_about_is_no_byline() -> None:
    byline = '<a href="/by/askeland">Morten Askeland</a>'
    thoughts = (
        "<b>Morten Askeland thinks about bridges, ferries, floods, fish, railings, lamps and what the county does.</b>"
    )
    assert stories(PAGE.replace(byline, "<b>Morten Askeland of the Courier</b>"), "byline")
    assert not stories(PAGE.replace(byline, thoughts), "byline")


def test_the_day_of_a_month_in_hindi_is_no_number() -> None:
    body = tuple(f"नगर के पुल की जाँच {day} सितंबर को पूरी हुई और लोग खुश हैं।" for day in range(1, 6))
    text = f"<html lang=hi><body><div>{''.join(f'<p>{one}</p>' for one in body)}</div></body></html>"
    assert not list(shop(text=text, gold=type(GOLD)(body=body)).stories(frozenset(["one digit"])))


def test_a_paragraph_that_machines_are_told_as_the_summary_is_a_lead_and_no_running_text() -> None:
    text = PAGE.replace("</head>", f'<meta property="og:description" content="{BODY[5]}"></head>')
    said = [text_of(one) for one in draft_of(text, GOLD).paragraphs]
    assert (BODY[4] in said, BODY[5] in said) == (True, False)


@pytest.mark.parametrize("said", ["Copyright 2026 The Lowmere Courier. All rights reserved.", "© 2026 Lowmere Courier"])
def test_a_line_on_whose_the_text_is_is_no_running_text(said: str) -> None:
    said = f"{said} No part of it may be printed or shown anywhere else without leave of the publisher in writing."
    gold = replace(GOLD, body=(*BODY[:10], said, BODY[11]))
    draft = draft_of(PAGE.replace(BODY[10], said), gold)
    assert said not in [text_of(one) for one in draft.paragraphs]
    assert said not in source_of("page", draft).paragraphs


def test_no_page_lends_others_its_note_of_a_correction() -> None:
    note = "Correction: an earlier version of this article misstated the length of the bridge by as much as ten metres."
    gold = replace(GOLD, body=(*BODY[:10], note, BODY[11]))
    assert note not in source_of("page", draft_of(PAGE.replace(BODY[10], note), gold)).paragraphs
    assert BODY[10] in source_of("page", draft_of(PAGE, GOLD)).paragraphs


FIRST, SECOND = "nobody of us has ever seen anything like that", "the water stood right below the windows there"
BETWEEN = "told the captain everybody who had come to his ferry that morning"


def quoted_words(told: str) -> list[str]:
    text, gold = PAGE.replace(BODY[4], told), replace(GOLD, body=(*BODY[:4], told, *BODY[5:]))
    made = [
        story.made for seed in range(20) for story in shop(seed, text=text, gold=gold).stories(frozenset(["quote"]))
    ]
    return [one.gone for one in made if one is not None]


@pytest.mark.parametrize(("opening", "closing"), [*zip('“„„«»"', '”“”»«"', strict=True)])
def test_what_stands_between_two_quotations_is_none(opening: str, closing: str) -> None:
    found = quoted_words(f"{opening}{FIRST},{closing} {BETWEEN}, {opening}{SECOND}.{closing}")
    assert found
    assert all(word in f"{FIRST} {SECOND}" for word in found)


def test_what_marks_that_are_not_in_pairs_quote_is_not_known() -> None:
    assert quoted_words(f'"{FIRST}," {BETWEEN}.')
    assert not quoted_words(f'{FIRST}," {BETWEEN}, "{SECOND}."')
