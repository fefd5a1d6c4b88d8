import re
import unicodedata
from collections.abc import Callable
from random import Random

import pytest

from bench.mutating.drafts import Draft, draft_of, fragment, parse
from bench.mutating.kinds import (
    ALL,
    ALL_REDESIGNED,
    APPEARING,
    BLOCKS,
    ENTITIES,
    FLIPPING,
    HASHED,
    MARKUP,
    NOISES,
    STALE,
    TEMPLATES,
)
from bench.mutating.markup import entity_spelling, hashed_classes
from bench.mutating.redesign import redesign
from bench.scoring import Gold
from tests.mutating import GOLD, TITLE, shop, shown, stock

_THERE_AND_BACK = {FLIPPING, STALE}


def forms(kind: str, seed: int = 1) -> tuple[str, ...]:
    [story] = shop(seed).stories(frozenset([kind]))
    assert story.made is None
    return story.forms


def test_the_invented_page_has_all_its_paragraphs_in_their_places() -> None:
    draft = draft_of(shop().plain, GOLD)
    assert None not in draft.places
    assert draft.container is not None
    assert draft.container.get("class") in {"text", "story"}


@pytest.mark.parametrize("kind", [kind for kind in NOISES if kind not in _THERE_AND_BACK])
def test_noise_changes_the_page_and_leaves_the_text_of_the_article_alone(kind: str) -> None:
    first, second = forms(kind)
    assert first != second
    for form in (first, second):
        assert None not in draft_of(form, GOLD).places


@pytest.mark.parametrize("kind", [*BLOCKS, APPEARING])
def test_a_block_shows_other_words_on_the_second_visit(kind: str) -> None:
    seen = {seed: tuple(map(shown, forms(kind, seed))) for seed in range(1, 9)}
    rotated = [first != second for first, second in seen.values()]
    assert any(rotated)
    assert len({first for first, _ in seen.values()}) > (1 if kind != APPEARING else 0)


@pytest.mark.parametrize("kind", [*MARKUP, ENTITIES, HASHED, "redesign", "lazy loading"])
def test_noise_of_the_mark_up_shows_the_same_words(kind: str) -> None:
    first, second = (unicodedata.normalize("NFC", shown(form)) for form in forms(kind))
    unseen = re.compile("[\u00ad\u200b\u2060\ufeff]")
    assert unseen.sub("", first).split() == unseen.sub("", second).split()


def test_related_links_stand_between_two_paragraphs_of_the_article() -> None:
    for seed in range(1, 6):
        _, second = forms("related links inside rotated", seed)
        draft = draft_of(second, GOLD)
        assert draft.container is not None
        links = [link for link in draft.container.iter("a") if link.get("href", "").endswith(".html")]
        assert links


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("tokens, nonces, inline state", r'name="csrf-token" content="[0-9a-f]{30,}"'),
        ("asset hashes", r"site\.css\?v=[0-9a-f]+"),
        ("tracking parameters", r"utm_source=|fbclid="),
        ("no-break spaces", "\u00a0|\u202f|&nbsp;"),
        ("zero-width characters", "[\u00ad\u200b\u2060\ufeff]|&shy;"),
        ("decomposed accents", "\u0301"),
        (ENTITIES, "&#x?[0-9a-f]+;|&eacute;"),
        (HASHED, r'class="(?:css-|story__)'),
        ("lazy loading", 'data-src="/media/lowmere'),
        ("AMP page", "<amp-img"),
        ("mobile page", r"\?w=\d{3}"),
    ],
)
def test_noise_is_what_it_says(kind: str, pattern: str) -> None:
    first, second = forms(kind)
    assert len(re.findall(pattern, second)) > (0 if kind == HASHED else len(re.findall(pattern, first)))


def test_a_control_character_is_never_spelled_as_a_reference_which_would_mean_another() -> None:
    assert entity_spelling("\x80\x99", Random(1)) == "\x80\x99"


def test_a_redesign_has_other_tags_other_classes_and_another_nesting() -> None:
    old, new = (parse(form) for form in forms("redesign"))
    assert {one.get("class") for one in old.iter() if one.get("class")}.isdisjoint(
        one.get("class") for one in new.iter() if one.get("class")
    )
    depths = [len(list(next(tree.iter("h1")).iterancestors())) for tree in (old, new)]
    assert depths[0] != depths[1]


@pytest.mark.parametrize("kind", ["mobile page", "AMP page"])
def test_a_page_for_telephones_has_no_columns(kind: str) -> None:
    assert kind in TEMPLATES
    first, second = forms(kind)
    assert "<aside" in first
    assert "<aside" not in second


@pytest.mark.parametrize("kind", ["mobile page", "AMP page"])
def test_a_credit_in_the_footer_of_a_picture_is_the_pictures_on_telephones_too(kind: str) -> None:
    draft = draft_of(shop().plain, GOLD)
    picture = next(draft.root.iter("figure"))
    picture.append(fragment("<footer>Photo: A. Moss</footer>"))
    TEMPLATES[kind](draft, Random(1))
    assert "Photo: A. Moss" in draft.html


@pytest.mark.parametrize("kind", ["mobile page", "AMP page"])
def test_the_articles_own_footer_is_shown_on_telephones_too(kind: str) -> None:
    draft = draft_of(shop().plain, GOLD)
    next(draft.root.iter("article")).append(fragment("<footer>Tags: bridges</footer>"))
    TEMPLATES[kind](draft, Random(1))
    assert "Tags: bridges" in draft.html
    assert "The Lowmere Courier</p></footer>" not in draft.html


def test_what_a_style_hides_is_hidden_on_an_amp_page_too() -> None:
    draft = draft_of(shop().plain, GOLD)
    next(draft.root.iter("figure")).append(fragment('<p style="display: none">Replay of 9 videos</p>'))
    TEMPLATES["AMP page"](draft, Random(1))
    [replay] = draft.root.xpath("//p[starts-with(., 'Replay')]")
    assert replay.get("hidden") is not None


def test_a_headline_that_flips_back_is_served_between_two_visits_to_the_old_one() -> None:
    first, other, last = forms(FLIPPING)
    assert first == last
    assert f">{TITLE}<" in first
    assert f">{TITLE}<" not in other


def test_an_old_copy_is_served_once_more_amidst_the_new_one() -> None:
    old, *rest = forms(STALE)
    assert [form == old for form in rest] == [False, False, True, False]


def test_the_same_seed_makes_the_same_pages_and_another_seed_others() -> None:
    assert forms(ALL) == forms(ALL)
    assert forms(ALL) != forms(ALL, seed=2)
    assert forms(ALL)[1] != forms(ALL_REDESIGNED)[1]


def test_no_block_is_put_into_the_middle_of_a_line() -> None:
    told = [f"The quay was closed for the {n}th time since the floods of spring." for n in range(4)]
    line = f"<p>{told[1]}</p> More <a href='/a'>of this</a> follows.<p>{told[2]}</p>"
    page = f"<html><body><div><p>{told[0]}</p>{line}<p>{told[3]}</p></div></body></html>"
    for seed in range(8):
        draft = draft_of(page, Gold(body=tuple(told)))
        chance = Random(seed)
        assert BLOCKS["advertisements"](draft, chance, chance, stock())
        assert 'More <a href="/a">of this</a> follows.' in draft.html


@pytest.mark.parametrize("kind", ["counters", "times and today's date"])
def test_nothing_is_put_before_bare_words_or_into_source_code(kind: str) -> None:
    told = [f"The quay was closed for the {n}th time since the floods of spring." for n in range(4)]
    paragraphs = "".join(f"<p>{one}</p>" for one in told)
    begun = f"<div>Quays of the county {paragraphs}</div>", f"<pre><code><p>{told[0]}</p>{paragraphs}</code></pre>"
    for text in (*begun, f"<div>{paragraphs}</div>"):
        drafts = [draft_of(f"<html><body>{text}</body></html>", Gold(body=tuple(told))) for _ in range(8)]
        for seed, draft in enumerate(drafts):
            assert BLOCKS[kind](draft, Random(seed), Random(seed), stock())
        start = text[: text.index(told[0])]
        assert all(start in draft.html for draft in drafts) is (text in begun)


@pytest.mark.parametrize("noise", [redesign, lambda draft, rng: hashed_classes(draft, rng, rng)])
def test_posts_of_other_sites_keep_the_class_that_their_script_looks_for(
    noise: Callable[[Draft, Random], bool],
) -> None:
    draft = draft_of("<body><blockquote class='twitter-tweet own'><p>Said.</p></blockquote></body>", GOLD)
    noise(draft, Random(1))
    [post] = draft.root.iter("blockquote")
    kept, other = post.get("class", "").split()
    assert kept == "twitter-tweet"
    assert other != "own"


def test_a_redesign_writes_elements_of_one_class_by_one_tag() -> None:
    boxes = "".join(f"<div class='b{n}'><p>One.</p></div><div class='b{n}'><p>Two.</p></div>" for n in range(40))
    draft = draft_of(f"<body>{boxes}</body>", GOLD)
    redesign(draft, Random(1))
    tags: dict[str, set[str]] = {}
    for box in draft.root.iter("div", "section"):
        tags.setdefault(box.get("class", ""), set()).add(box.tag)
    assert {len(of_one) for of_one in tags.values()} == {1}
    assert {"section"} in tags.values()


def test_no_paragraph_that_an_edit_brings_is_in_the_noise_of_another_visit() -> None:
    noise, edits = stock().halves()
    assert noise.paragraphs
    assert edits.paragraphs
    assert not set(noise.paragraphs) & set(edits.paragraphs)
