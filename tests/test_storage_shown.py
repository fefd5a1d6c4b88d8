"""What a page still shows has not been edited, however it is read; what it shows less or more often has."""

from dataclasses import replace
from typing import Any

import pytest

from crawler.pages.reading import read
from crawler.rules import Rules
from storage.comparison.comparing import compare
from storage.comparison.shown import shown_keys
from storage.records import Article, Block, BlockKind, Image

TOLD = (
    "The ferry to Marl Island will run twice an hour from the first of May.",
    "A second boat was bought for the summer and can carry two hundred people.",
    "The council expects that the new timetable will halve the queues at the pier.",
)
TIP = "Bring your own cup and save twenty pence on board."
PHOTO = "https://pictures.lindow.example/2026/ferry-at-the-pier-20260411.jpg"


def article(*texts: str, beside: tuple[str, ...] = (), **fields: Any) -> Article:
    """An article whose page shows its texts and images, and those `beside` it."""
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    made = Article(url="https://lindow.example/ferry", canonical_url="", title="Ferry", body=blocks)
    made = replace(made, **fields)
    shown = (*texts, made.section, made.lead, *made.authors, *made.captions, *made.tags, *beside)
    pictures = [image.url for image in made.images] + [text for text in beside if text.startswith("https:")]
    return replace(made, shown=shown_keys(shown, pictures))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("lead", TIP, TIP),
        ("section", "Transport", "Transport"),
        ("authors", ("Ada Moss",), "Ada Moss"),
        ("captions", ("The pier at dawn.",), "The pier at dawn."),
        ("tags", ("#Ferries",), "ferries"),
        ("images", (Image(url=PHOTO),), PHOTO),
    ],
)
def test_a_field_that_is_read_elsewhere_or_not_at_all_is_an_edit_only_when_the_page_lost_it(
    field: str, value: object, said: str
) -> None:
    fields: dict[str, Any] = {field: value}
    whole = article(*TOLD, **fields)
    assert not compare(whole, article(*TOLD, beside=(said,))).changes
    assert not compare(article(*TOLD, beside=(said,)), whole).changes
    if field != "section":  # one that is lost is the template's, as ever
        assert [change.field for change in compare(whole, article(*TOLD)).changes] == [field]


def test_a_paragraph_that_is_taken_for_a_box_is_no_edit_and_one_that_is_gone_is() -> None:
    old = article(*TOLD, TIP)
    assert not compare(old, article(*TOLD, beside=(TIP,))).changes
    assert compare(old, article(*TOLD)).kinds == ("paragraph-removed",)
    assert compare(article(*TOLD), old).kinds == ("paragraph-added",)


def test_a_paragraph_that_was_taken_for_a_box_and_was_edited_is_found() -> None:
    later = article(*TOLD, beside=(TIP.replace("twenty", "thirty"),))
    assert compare(article(*TOLD, TIP), later).kinds == ("paragraph-removed",)


def test_a_sentence_that_goes_from_the_text_and_stays_in_a_pull_quote_is_an_edit() -> None:
    old, new = article(*TOLD, beside=(TOLD[1],)), article(TOLD[0], TOLD[2], beside=(TOLD[1],))
    assert compare(old, new).kinds == ("paragraph-removed",)


def test_a_section_is_changed_when_the_page_names_the_new_one_more_often() -> None:
    menu = ("Transport", "Politics")
    old, moved = article(*TOLD, section="Transport", beside=menu), article(*TOLD, section="Politics", beside=menu)
    assert compare(old, moved).kinds == ("section",)
    assert not compare(old, article(*TOLD, section="Politics", beside=("Transport",))).changes


def test_a_tag_that_is_the_name_of_the_section_too_and_was_only_read_elsewhere_is_no_edit() -> None:
    tags = ("Transport", "Ferries", "Marl Island")
    old = article(*TOLD, section="Transport", tags=("Ferries",), beside=tags)
    new = article(*TOLD, section="Transport", tags=tags, beside=("Ferries",))
    assert not compare(old, new).changes


def test_articles_that_were_kept_without_what_their_pages_show_are_compared_as_they_are() -> None:
    old = replace(article(*TOLD, TIP), shown=())
    assert compare(old, article(*TOLD, beside=(TIP,))).kinds == ("paragraph-removed",)


def headed(h1: str, *, beside: str = "", stated: str = "") -> Article:
    """The article of a page that shows one headline in its `h1` and perhaps another beside it, and states one."""
    told = "".join(f"<p>{text} Read by all who wait for it at the pier, in any weather.</p>" for text in TOLD)
    head = f"<meta property='og:title' content='{stated}'><title>{stated}</title>" if stated else ""
    html = f"<html lang=en><head>{head}</head><body><article><h1>{h1}</h1>{beside}{told}</article></body></html>"
    found = read(html.encode(), "https://lindow.example/ferry", "text/html", Rules()).article
    assert found is not None
    return found


LONG, SHORT = "Two boats for Marl Island from the first of May", "Marl Island gets a second boat"


def test_a_headline_that_the_page_showed_and_shows_beside_the_other_is_no_edit() -> None:
    old = headed(LONG, beside=f"<span class='headline'>{SHORT}</span>", stated=SHORT)
    new = replace(old, title=LONG if old.title == SHORT else SHORT)
    assert not compare(old, new).changes


def test_headlines_that_change_places_between_readers_and_machines_are_an_edit() -> None:
    assert "headline" in compare(headed(LONG, stated=SHORT), headed(SHORT, stated=LONG)).kinds
    assert "headline" in compare(headed(LONG, stated=SHORT), headed(SHORT, stated=SHORT)).kinds


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Fares to Marl Island rise 3.5 percent", "Fares to Marl Island rise 35 percent"),
        ("The second boat for Marl Island is late", "The second boat for Marl Island is late?"),
        ("All eyes on the crown of Marl Island", "All eyes on the Crown of Marl Island"),
    ],
)
def test_marks_and_capitals_of_a_headline_that_are_changed_wherever_it_stands_are_an_edit(
    before: str, after: str
) -> None:
    old, new = headed(before, stated=before), headed(after, stated=after)
    assert [change.field for change in compare(old, new).changes] == ["title"]


def test_marks_and_capitals_of_a_headline_that_another_form_of_it_had_before_are_no_edit() -> None:
    old, new = headed(LONG, stated=f"{LONG}!"), headed(f"{LONG}!", stated=f"{LONG}!")
    assert not compare(old, new).changes
    assert not compare(headed(LONG, stated=LONG), headed(LONG.upper(), stated=LONG)).changes


def test_a_mark_alone_that_changes_a_number_of_the_lead_is_an_edit() -> None:
    old = article(*TOLD, lead="Fares to Marl Island rise by 3.5 percent in May.")
    new = article(*TOLD, lead="Fares to Marl Island rise by 35 percent in May.")
    assert set(compare(old, new).kinds) == {"number", "lead"}


BOX = f"<div class='promo-box'><p>{TIP}</p></div>"
TAGS = "<div class='{}'><a href='/t/ferries'>Ferries</a> <a href='/t/marl'>Marl Island</a></div>"


def page(*, story: str, tags: str) -> bytes:
    told = "".join(
        f"<p>{text} Read by all who wait for it at the pier, whatever the weather brings.</p>" for text in TOLD
    )
    head = "<html lang=en><head><title>Ferry</title></head><body><h1>Two boats for Marl Island from May</h1>"
    return f"{head}<article class='story'>{told}{story}</article>{TAGS.format(tags)}</body></html>".encode()


def test_names_that_a_new_template_gives_to_boxes_and_tags_are_no_edit() -> None:
    old, new = page(story=BOX, tags="article-tags"), page(story=BOX.replace("promo-box", "u-7"), tags="u-8")
    readings = [read(body, "https://lindow.example/ferry", "text/html", Rules()).article for body in (old, new)]
    before, after = (one for one in readings if one is not None)
    assert (before.tags, before.body) != (after.tags, after.body)
    assert not compare(before, after).changes
    dearer = read(new.replace(b"twenty", b"thirty"), "https://lindow.example/ferry", "text/html", Rules()).article
    assert dearer is not None
    assert "body" in {change.field for change in compare(after, dearer).changes}


def test_a_text_that_goes_to_another_field_is_no_edit() -> None:
    caption, lead = article(*TOLD, captions=(TIP,)), article(*TOLD, lead=TIP)
    assert not compare(caption, lead).changes
    assert not compare(lead, caption).changes


def test_a_line_that_is_read_once_instead_of_twice_is_an_edit_only_when_the_page_shows_it_less() -> None:
    twice = article(TIP, *TOLD, TIP)
    assert not compare(twice, article(TIP, *TOLD, beside=(TIP,))).changes
    assert not compare(article(TIP, *TOLD, beside=(TIP,)), twice).changes
    assert compare(twice, article(TIP, *TOLD)).kinds == ("paragraph-removed",)


def test_of_a_line_that_is_said_several_times_the_one_that_was_not_read_is_left_out() -> None:
    old = article(TIP, TOLD[0], TIP, TOLD[1], TOLD[2])
    assert not compare(old, article(TOLD[0], TIP, TOLD[1], TOLD[2], beside=(TIP,))).changes
    assert not compare(article(TOLD[0], TIP, TOLD[1], TOLD[2], beside=(TIP,)), old).changes


@pytest.mark.parametrize("added", ["<b>Dogs must be kept on a lead.</b>", "<br>Dogs must be kept on a lead."])
def test_a_sentence_that_is_set_off_from_its_paragraph_is_one_sentence_more(added: str) -> None:
    first, second = (read(_story(end), "https://lindow.example/a", "text/html", Rules()).article for end in ("", added))
    assert first is not None
    assert second is not None
    assert compare(first, second).kinds == ("sentence-added",)
    assert compare(second, first).kinds == ("sentence-removed",)


def _story(end: str) -> bytes:
    told = f"<p>{TOLD[0]}</p><p>{TOLD[1]} {end}</p><p>{TOLD[2]}</p>"
    return f"<html lang=en><title>Ferry</title><h1>Ferry to run twice an hour</h1><article>{told}</article>".encode()


def test_a_lead_of_two_lines_that_is_read_as_two_paragraphs_elsewhere_is_no_edit() -> None:
    joined = replace(article(TOLD[2], beside=TOLD[:2]), lead=f"{TOLD[0]} {TOLD[1]}")
    assert not compare(joined, article(*TOLD)).changes
    assert not compare(article(*TOLD), joined).changes
    assert compare(article(TOLD[2]), joined).kinds == ("lead",)


def test_of_a_lead_of_two_texts_the_one_that_was_not_read_is_no_edit_and_one_that_is_gone_is() -> None:
    second = "Fares stay as they are"
    both = replace(article(*TOLD, beside=(TIP, second)), lead=f"{TIP} {second}")
    first = replace(article(*TOLD, beside=(TIP, second)), lead=TIP)
    for other in (first, replace(first, lead=second), replace(first, lead="")):
        assert not compare(both, other).changes
        assert not compare(other, both).changes
    gone = replace(article(*TOLD, beside=(TIP,)), lead=TIP)
    assert [change.removed for change in compare(both, gone).changes] == [(second,)]
    point = "Dogs travel free"
    more = replace(article(*TOLD, beside=(TIP, point, second)), lead=f"{TIP} {point} {second}")
    assert [change.added for change in compare(both, more).changes] == [(point,)]
    later = replace(article(*TOLD, beside=(TIP, "Fares will rise")), lead=f"{TIP} Fares will rise")
    assert [change.field for change in compare(both, later).changes] == ["lead"]


def bylined(line: str, *, authors: str = "") -> Article:
    stated = f'<meta name="author" content="{authors}">' if authors else ""
    told = "".join(f"<p>{text}</p>" for text in TOLD)
    head = f"<html lang=en><title>Ferry</title>{stated}<h1>Ferry to run twice an hour</h1>"
    found = read(f"{head}{line}<article>{told}</article>".encode(), "https://lindow.example/a", "text/html", Rules())
    assert found.article is not None
    return found.article


def test_authors_whom_only_one_template_lets_a_reader_find_are_no_edit_and_one_less_in_their_line_is() -> None:
    named = bylined("<p class='byline'>By Ada Moss and Ben Reed</p>")
    nameless = bylined("<div>Transport / Ada Moss and Ben Reed / The Lindow Post / 11 April</div>")
    fewer = bylined("<div>Transport / Ada Moss and nobody else / The Lindow Post / 11 April</div>")
    assert named.authors == ("Ada Moss", "Ben Reed")
    assert not nameless.authors
    assert not compare(named, nameless).changes
    assert not compare(nameless, named).changes
    (change,) = compare(named, fewer).changes
    assert change.removed == ("Ben Reed",)


def test_of_a_line_that_several_say_only_so_many_have_gone_as_the_page_shows_less() -> None:
    question = "Which of the dishes do you like best yourself?"
    old = article(question, TOLD[0], question, TOLD[1], question, TOLD[2])
    fewer = article(*TOLD, beside=(question, question))
    gone = [change.removed for change in compare(old, fewer).changes]
    assert gone == [(question,)]
    assert [change.added for change in compare(fewer, old).changes] == [(question,)]


def test_a_line_that_the_page_shows_at_several_places_has_not_moved_where_another_of_them_is_read() -> None:
    old = article(TIP, *TOLD, beside=(TIP,))
    assert not compare(old, article(*TOLD, TIP, beside=(TIP,))).changes
    assert compare(article(TIP, *TOLD), article(*TOLD, TIP)).kinds == ("moved",)


def test_an_author_whose_line_is_shown_as_ever_is_no_edit_though_fewer_captions_near_it_name_him() -> None:
    def shown(names: tuple[str, ...], authors: tuple[str, ...] = ()) -> Article:
        keys = shown_keys((*TOLD, "ADA MOSS"), (), names=names)
        return replace(article(*TOLD), authors=authors, shown=keys)

    assert not compare(shown(("Ada Moss",), authors=("Ada Moss",)), shown(())).changes
    assert not compare(shown(()), shown(("Ada Moss",), authors=("Ada Moss",))).changes
    two = shown(("Ada Moss", "Bo Lin"), authors=("Bo Lin", "Ada Moss"))
    assert compare(shown(("Bo Lin",), authors=("Bo Lin",)), two).kinds == ("byline",)


def test_authors_whom_the_page_still_names_in_one_line_are_no_edit() -> None:
    credited = article(*TOLD, authors=("Ada Moss", "Lindow Press"), beside=("Ada Moss, Lindow Press",))
    assert not compare(credited, article(*TOLD, beside=("Ada Moss, Lindow Press",))).changes
    assert compare(credited, article(*TOLD)).kinds == ("byline",)


@pytest.mark.parametrize("joins", [True, False])
def test_paragraphs_below_a_picture_that_are_joined_or_cut_are_no_edit(*, joins: bool) -> None:
    def page(*texts: str) -> Article:
        body = "".join(f"<p>{text}</p>" for text in (*texts, TOLD[2], TIP))
        html = f"<html lang='en'><body><h1>Ferry</h1><div><img src='{PHOTO}' width='800'>{body}</div></body></html>"
        found = read(html.encode(), "https://lindow.example/ferry", "text/html; charset=utf-8", Rules()).article
        assert found is not None
        return found

    apart, joined = page(*TOLD[:2]), page(" ".join(TOLD[:2]))
    old, new = (apart, joined) if joins else (joined, apart)
    assert len(old.body) != len(new.body)
    assert not compare(old, new).changes
