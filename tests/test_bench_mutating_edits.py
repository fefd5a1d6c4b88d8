import json
from dataclasses import replace
from random import Random

import pytest
from lxml import html

from bench.mutating.drafts import draft_of, parse, slots, squeeze, text_of
from bench.mutating.kinds import EDITS
from bench.mutating.made import Made
from bench.mutating.rewriting import rewrite
from bench.mutating.stock import sentences_of
from bench.mutating.stories import Story
from bench.mutating.words import quote, replace_within
from tests.mutating import BODY, GOLD, LEAD, PAGE, TITLE, shop, shown, stock

_BESIDE_THE_TEXT = {"published time", "image", "emptied", "headline shown alone"}  # and what teasers may say too


def stories(kind: str, seed: int = 1) -> tuple[Story, Story]:
    alone, amidst = shop(seed).stories(frozenset([kind]))
    return alone, amidst


def edited(kind: str, seed: int = 1) -> tuple[str, str, Made]:
    alone, _ = stories(kind, seed)
    assert alone.made is not None
    first, second = alone.forms
    return first, second, alone.made


def without_teasers(text: str) -> str:
    """A page's words without the headlines of other articles, which rotate and may have the word of a tag."""
    for title in stock().titles:
        text = text.replace(squeeze(title), "")
    return text


@pytest.mark.parametrize("kind", [kind for kind in EDITS if kind not in _BESIDE_THE_TEXT])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_an_edit_says_has_gone_is_gone_and_what_has_come_is_there(kind: str, seed: int) -> None:
    for story in stories(kind, seed):
        assert story.made is not None
        first, second = (squeeze(shown(form)) for form in story.forms)
        if kind == "tag":
            first, second = without_teasers(first), without_teasers(second)
        before, after = story.made.near or ("", "")
        gone, come = (squeeze(before + words + after) for words in (story.made.gone, story.made.come))
        assert gone or come
        assert first != second
        if gone == come:
            assert first.index(gone) != second.index(gone)
        else:
            assert not gone or first.count(gone) > second.count(gone)
            assert not come or second.count(come) > first.count(come)


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_is_made_alone_and_in_the_midst_of_noise(kind: str) -> None:
    alone, amidst = stories(kind)
    assert not alone.noisy
    assert amidst.noisy
    assert alone.made == amidst.made or kind in {"paragraph added", "list item"}
    assert len({*alone.forms, *amidst.forms}) == 4


def test_a_headline_is_changed_wherever_the_page_has_it() -> None:
    _, second, made = edited("headline")
    root = parse(second)
    assert TITLE not in second
    assert [text_of(head) for head in root.iter("h1")] == [made.come]
    assert text_of(next(root.iter("title"))).startswith(made.come)
    assert json.loads(root.xpath("string(//script[@type='application/ld+json'])"))["headline"] == made.come


def test_a_headline_may_be_changed_for_readers_alone() -> None:
    _, second, made = edited("headline shown alone")
    root = parse(second)
    assert [text_of(head) for head in root.iter("h1")] == [made.come] != [TITLE]
    assert text_of(next(root.iter("title"))).startswith(TITLE)
    assert root.xpath("string(//meta[@property='og:title']/@content)") == TITLE


def test_an_edited_lead_is_changed_in_the_description_too() -> None:
    _, second, made = edited("lead")
    description = parse(second).xpath("string(//meta[@name='description']/@content)")
    assert made.gone in LEAD.split()
    assert made.come in description


def test_one_digit_is_one_character_of_the_text_and_of_the_structured_data() -> None:
    first, second, _ = edited("one digit")
    differing = [pair for pair in zip(shown(first), shown(second), strict=True) if pair[0] != pair[1]]
    assert len(differing) == 1
    assert all(char.isdigit() for char in differing[0])
    bodies = [
        json.loads(parse(form).xpath("string(//script[@type='application/ld+json'])")) for form in (first, second)
    ]
    assert bodies[0]["articleBody"] != bodies[1]["articleBody"]


def test_a_byline_and_a_section_and_a_tag_change_in_what_is_shown_and_in_what_is_stated() -> None:
    for kind, field in (("byline", "author"), ("section", "articleSection"), ("tag", "keywords")):
        first, second, made = edited(kind)
        stated = [
            json.loads(parse(one).xpath("string(//script[@type='application/ld+json'])")) for one in (first, second)
        ]
        assert made.come not in json.dumps(stated[0][field])
        assert made.come in json.dumps(stated[1][field])


def test_a_published_time_is_restated_and_shown_as_another_day() -> None:
    first, second, made = edited("published time")
    assert made == Made(field="published")
    assert shown(first) != shown(second)
    assert "2026-03-20" not in second


def test_a_published_time_is_restated_where_quotes_were_put_into_quotes_too() -> None:
    stated = '"datePublished": "2026-03-20T07:30:00+01:00"'
    quoted = '"datePublished": "\\"2026-03-20T07:30:00+01:00\\""'
    forms = [story.forms for story in shop(text=PAGE.replace(stated, quoted)).stories(frozenset(["published time"]))]
    assert stated in PAGE
    assert quoted in forms[0][0]
    assert "2026-03-20" not in forms[0][1]


def test_an_image_gets_another_file() -> None:
    _, second, made = edited("image")
    assert made.gone not in second
    assert made.come in second


def test_a_moved_paragraph_is_whole_and_stands_at_least_two_further() -> None:
    first, second, made = edited("paragraph moved")
    orders = [[text_of(place) for place in parse(form).iter("p")] for form in (first, second)]
    assert sorted(orders[0]) == sorted(orders[1])
    assert abs(orders[0].index(made.come) - orders[1].index(made.come)) >= 2


def test_a_page_that_was_emptied_keeps_its_headline_and_no_paragraph() -> None:
    _, second, _ = edited("emptied")
    assert set(draft_of(second, GOLD).places) == {None}
    assert TITLE in shown(second)


def test_a_text_that_was_replaced_keeps_no_paragraph_of_the_old_one() -> None:
    _, second, _ = edited("whole text")
    assert not any(text in shown(second) for text in BODY[1:8])


def test_an_accent_and_a_negation_change_in_vietnamese_as_well() -> None:
    body = (
        "Bản trên mây đón điện lưới sau mười năm chờ đợi của hơn một trăm hộ dân.",
        "Theo người dân, đường vào bản vẫn còn nhiều đoạn lầy lội mỗi khi mưa xuống, xe tải đi lại rất khó khăn.",
        "Đoàn công tác cho biết công trình sẽ hoàn thành trước mùa mưa, nếu thời tiết thuận lợi và đủ vật liệu.",
    )
    text = f"<html lang=vi><body><div>{''.join(f'<p>{one}</p>' for one in body)}</div></body></html>"
    kinds = frozenset(["one tone mark", "negation"])
    made = {
        story.kind: story for story in shop(text=text, gold=type(GOLD)(body=body)).stories(kinds) if not story.noisy
    }
    assert set(made) == kinds
    denied = made["negation"]
    assert [shown(form).count("không") for form in denied.forms] == [0, 1]
    first, second = (shown(form) for form in made["one tone mark"].forms)
    assert len(first) == len(second)
    assert sum(one != other for one, other in zip(first, second, strict=True)) == 1


def test_an_edit_is_not_made_where_the_page_has_nothing_for_it() -> None:
    body = ("A single paragraph of plain words without anything else in it.",)
    text = f"<html lang=en><body><div><p>{body[0]}</p></div></body></html>"
    assert not list(shop(text=text, gold=type(GOLD)(body=body)).stories(frozenset(EDITS)))


def test_a_sentence_does_not_end_in_an_abbreviation() -> None:
    told = ["The U.S. Attorney spoke to Dr. Moss.", "Mr. Hale said no."]
    assert sentences_of(" ".join(told)) == told


def test_no_sentence_is_taken_that_began_in_the_label_before_it() -> None:
    places = [f"On the {place} quay:" for place in ("western", "eastern", "northern", "southern")]
    whole = ["It will hear the captain of the ferry then.", "Nobody else has asked to speak there this time."]
    told = f"The council of the town meets again on Monday. {' '.join(whole)}"
    paragraphs = "".join(f"<p><b>{place}</b> {told}</p>" for place in places)
    text, body = f"<html lang=en><body><div>{paragraphs}</div></body></html>", [f"{place} {told}" for place in places]
    removed = set()
    for seed in range(12):
        for story in shop(seed, text=text, gold=type(GOLD)(body=tuple(body))).stories(frozenset(["sentence removed"])):
            assert story.made is not None
            removed.add(story.made.gone)
    assert removed == set(whole)


def test_a_digit_of_a_day_in_digits_is_none_of_a_number() -> None:
    body = tuple(f"Bis zum 0{day}.01.2019 sollen in dieser Stadt alle Brücken saniert sein." for day in range(1, 6))
    text = f"<html lang=de><body><div>{''.join(f'<p>{one}</p>' for one in body)}</div></body></html>"
    assert not list(shop(text=text, gold=type(GOLD)(body=body)).stories(frozenset(["one digit"])))


def test_a_text_behind_a_comment_is_edited_where_readers_see_it() -> None:
    root = parse("<p><!-- begin -->The council met on Tuesday.</p><script>'The council met on Tuesday.'</script>")
    assert rewrite(root, "council met", "board met") == 1
    assert text_of(root) == "The board met on Tuesday."
    assert "board met" in str(root.xpath("string(//script)"))


def test_a_text_that_only_a_script_or_an_attribute_holds_is_left_alone() -> None:
    root = parse("<p title='The council met.'>Nothing else.</p><script>'The council met.'</script>")
    assert rewrite(root, "council met", "board met") == 0
    assert "board" not in html.tostring(root, encoding="unicode")


def test_words_between_two_quotations_are_no_quote() -> None:
    told = '"We will build it," he said, which everyone in the hall had known for years, "and soon enough too, I say."'
    found = quote(told, draft_of(f"<p>{told}</p>", GOLD), Random(1), stock())
    assert [told[start:end] for start, end, _ in found] == ["enough"]


def test_a_section_that_only_a_menu_names_is_not_edited() -> None:
    crumb = '<div class="breadcrumb"><a href="/harbour">Harbour</a></div>'
    menu = '<nav class="section-menu"><a href="/harbour">Harbour</a></nav>'
    column = "".join(f"<li class='category'><a>{name}</a></li>" for name in ("Harbour", "Town", "Arts", "Sea", "Law"))
    bar = '<div class="top_navigation bar-menu"><ul><li class="section"><a>Harbour</a></li></ul></div>'
    assert crumb in PAGE
    for named in (menu, f"<ul>{column}</ul>", bar):
        assert not list(shop(text=PAGE.replace(crumb, named)).stories(frozenset(["section"])))


def test_a_word_of_the_text_that_leads_to_a_tag_is_no_tag() -> None:
    tags = '<a rel="tag" href="/tag/bridges">bridges</a><a rel="tag" href="/tag/floods">floods</a>'
    text = PAGE.replace(
        tags, "<p>More is said of old <a rel='tag' href='/tag/iron'>iron</a> elsewhere in this paper.</p>"
    )
    assert tags in PAGE
    assert not list(shop(text=text).stories(frozenset(["tag"])))


def test_a_picture_that_leads_to_a_shop_is_none_of_the_articles() -> None:
    figure = PAGE[PAGE.index("<figure>") : PAGE.index("</figure>")]
    image, caption = figure.removeprefix("<figure>").split(">", 1)
    linked = PAGE.replace(figure, f"<figure><a href='https://shop.example/buy'>{image}></a>{caption}")
    assert not list(shop(text=linked).stories(frozenset(["image", "caption"])))
    enlarged = linked.replace("https://shop.example/buy", "/media/lowmere-large.jpg")
    assert len(list(shop(text=enlarged).stories(frozenset(["image", "caption"])))) == 4


@pytest.mark.parametrize(
    "head",
    [
        f'<h1><a href="https://courier.example/">{TITLE}</a></h1>',
        f'<ol class="breadcrumbs"><li><h1 class="crumb">{TITLE}</h1></li></ol>',
    ],
)
def test_the_name_of_the_site_and_the_last_step_of_a_path_are_no_headline(head: str) -> None:
    text = PAGE.replace(f"<h1>{TITLE}</h1>", head)
    assert text != PAGE
    assert not list(shop(text=text).stories(frozenset(["headline"])))


def test_a_link_above_the_headline_is_no_tag_under_the_article() -> None:
    tags = '<a rel="tag" href="/tag/bridges">bridges</a><a rel="tag" href="/tag/floods">floods</a>'
    above = PAGE.replace(tags, "").replace("<h1>", f"<div>{tags}</div><h1>")
    assert not list(shop(text=above).stories(frozenset(["tag"])))


def test_a_day_with_a_point_ends_no_sentence() -> None:
    told = ["Am 28. Juni kamen viele.", "Die Polizei zählt noch."]
    assert sentences_of(" ".join(told)) == told


def test_a_word_beside_a_no_break_space_is_edited_alone() -> None:
    words = "northern road until the new"
    text = PAGE.replace(words, "northern road until\xa0the\xa0new")
    draft = draft_of(text, GOLD)
    at = text_of(draft.paragraphs[5]).index("the new")
    told = next(piece for piece, _, _ in slots(draft.paragraphs[5]))
    made = replace_within(draft, told, lambda *_: iter([(at, at + 3, "all")]), Random(1), stock())
    assert made is not None
    assert (made.gone, made.come) == ("the", "all")


def test_a_word_in_italics_within_a_quotation_is_a_quotes_word() -> None:
    said = "We have waited for this bridge"
    text = PAGE.replace(said, f"<em>{said}</em>")
    for seed in range(8):
        for story in shop(seed, text=text).stories(frozenset(["one word"])):
            assert "</em>" in story.forms[0]
            assert f"<em>{said}</em>" in story.forms[1] or story.noisy


@pytest.mark.parametrize("box", ['<div class="wp-caption-text"><p>{}</p></div>', "<div>{}</div>"])
def test_a_caption_is_no_running_text(box: str) -> None:
    caption = f"<figcaption>{BODY[11]}</figcaption>"
    text = PAGE.replace(caption, box.format(BODY[11]))
    draft = draft_of(text, replace(GOLD, optional=frozenset()))
    assert text != PAGE
    assert BODY[11] not in [text_of(one) for one in draft.paragraphs]
    assert BODY[11] in [text_of(one) for one in draft.placed]


def test_a_paragraph_of_a_text_that_is_called_a_lead_is_none() -> None:
    text = PAGE.replace(f'<p class="standfirst">{LEAD}</p>', "").replace(
        '<div class="text">', f'<div class="text text--lead"><p>{LEAD}</p>'
    )
    assert LEAD in shown(text)
    assert not list(shop(text=text).stories(frozenset(["lead"])))


def test_a_word_of_a_correction_note_is_the_notes() -> None:
    note = "Correction: an earlier version said that Schools along the river would close late, which they never will."
    text = PAGE.replace(f"<p>{BODY[10]}</p>", f"<p>{note}</p>")
    gold = replace(GOLD, body=(*BODY[:10], note, BODY[11]))
    for seed in range(8):
        for story in shop(seed, text=text, gold=gold).stories(frozenset(["one word"])):
            assert note in shown(story.forms[1]) or story.noisy
