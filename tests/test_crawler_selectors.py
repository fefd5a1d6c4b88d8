"""CSS selectors made for elements: names that a person gave, and just these elements."""

import re

import pytest
from lxml.html import HtmlElement

from crawler.pages.selectors import is_given, picked, selectors_for
from crawler.pages.tree import load

ANY = re.compile("$^")


def first(html: str, mark: str = "//*[@data-x]", wanted: str = "$^") -> str:
    """The best selector for the elements that carry `data-x`."""
    root = load(html)
    found = [element for element in root.xpath(mark) if isinstance(element, HtmlElement)]
    return next(selectors_for(root, found, re.compile(wanted)), "")


@pytest.mark.parametrize("name", ["sapo", "detail-content", "articleBody", "tac-gia", "post_date", "noi-dung-chinh"])
def test_names_that_say_what_an_element_is_are_given(name: str) -> None:
    assert is_given(name)


@pytest.mark.parametrize(
    "name",
    ["css-1q2w3e", "sc-bdVaJa", "fnbKye", "_3xYzA", "post-917655", "jsx-2871293847", "Body_text__a1B2c", "item-3",
     "mt-4", "col-md-8", "text-center", "is-open", "active", "clearfix", "md:flex", "a", "x" * 50,
     "cong-nghiep-che-bien-dan-dat"],
)  # fmt: skip
def test_names_that_a_tool_made_or_that_say_how_it_looks_are_not(name: str) -> None:
    assert not is_given(name)


def test_a_name_of_its_own_is_enough() -> None:
    assert first("<article><p class='mt-4 sapo' data-x>a</p><p class='mt-4'>b</p></article>") == ".sapo"


def test_a_name_that_others_have_too_is_told_by_what_is_around_it() -> None:
    html = "<div class=box><p class=sapo>a</p></div><article class=detail><p class=sapo data-x>b</p></article>"
    assert first(html) == ".detail .sapo"


def test_an_element_without_a_name_is_told_by_its_tag_in_what_is_around_it() -> None:
    assert first("<p>x</p><div class='css-9x8y7z detail'><p data-x>a</p></div>") == ".detail p"


def test_names_that_fit_the_field_go_first() -> None:
    assert first("<p class='lon sapo' data-x>a</p>", wanted="sapo") == ".sapo"


def test_several_elements_are_picked_together_and_nothing_else_is() -> None:
    assert first("<p><b class=ten data-x>a</b><b class=ten data-x>b</b></p><i class=ten>c</i>") == "b.ten"


def test_an_element_that_nothing_tells_from_its_like_has_no_selector() -> None:
    assert first("<div><p data-x>a</p><p>b</p></div>") == ""


def test_every_selector_picks_just_its_element() -> None:
    html = "<div class=tin><div class='bai than'><p class='sapo dau' id=mo data-x>x</p><p class=sapo>y</p></div></div>"
    root = load(html)
    target = root.xpath("//*[@data-x]")
    assert isinstance(target, list)
    element = target[0]
    assert isinstance(element, HtmlElement)
    found = list(selectors_for(root, [element], ANY))
    assert len(found) > 3
    assert len(found) == len(set(found))
    assert all(picked(root, selector) == [element] for selector in found)
