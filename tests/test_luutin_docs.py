"""docs/command-line.md names every command, option and setting that there is, and no other."""

import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from enum import StrEnum
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import typer

from crawler import settings
from luutin.commands import COMMANDS
from luutin.try_output import FIELDS
from luutin.workspace import Workspace
from storage.changes import ChangeKind, Significance
from storage.records import Outcome
from tests.newspage import article, json_ld, page, read

TEXT = (Path(__file__).parent.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0].strip(): part for part in TEXT.split("\n## ")[1:]}
COMMON = "What holds for every command"
SHARED = {"--archive", "--seeds", "--json", "--allow-private", "--help", "-h"}


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with its name as it is typed."""
    for name, entry in COMMANDS.items():
        found = getattr(import_module(entry.module), entry.name)
        if not isinstance(found, typer.Typer):
            found, alone = typer.Typer(add_completion=False), found
            found.command(name)(alone)
        made = typer.main.get_command(found)
        inner = getattr(made, "commands", None)
        yield from ((f"{name} {key}", value) for key, value in inner.items()) if inner else [(name, made)]


ALL = dict(commands())


def test_the_list_at_the_top_leads_to_every_section() -> None:
    top = TEXT.partition("\n## ")[0]
    missing = [name for name in SECTIONS if f"(#{name.lower().replace('.', '').replace(' ', '-')})" not in top]
    assert missing == []


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_a_section_that_names_its_options(name: str) -> None:
    assert name in SECTIONS, f"docs/command-line.md has no section {name!r}"
    options = {word for param in ALL[name].params for word in param.opts if word.startswith("-")}
    for option in options - SHARED:
        assert f"| `{option}" in SECTIONS[name], f"{name} {option} is not documented"
    for option in options & SHARED:
        assert f"`{option}" in SECTIONS[COMMON]


@pytest.mark.parametrize("name", ALL)
def test_no_section_names_an_option_that_there_is_not(name: str) -> None:
    options = {word for param in ALL[name].params for word in param.opts}
    assert set(re.findall(r"^\| `(--[a-z-]+)", SECTIONS[name], flags=re.MULTILINE)) <= options


@pytest.mark.parametrize("name", ALL)
def test_every_option_says_what_it_does(name: str) -> None:
    assert all(param.help for param in ALL[name].params)


@pytest.mark.parametrize("name", ALL)
def test_help_for_a_narrow_terminal_has_each_choice_in_one_piece(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    choices = {str(choice) for hint in get_type_hints(ALL[name].callback).values() for choice in _choices(hint)}
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit), redirect_stdout(StringIO()) as told:
        ALL[name](["--help"])
    columns = {word for line in told.getvalue().splitlines() for word in re.findall(r"[\w-]+", line)}
    assert not choices - columns


def _choices(hint: Any) -> list[str]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)
    return [choice for part in get_args(hint) for choice in _choices(part)]


def test_every_key_of_luutin_toml_is_documented() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", SECTIONS["luutin.toml"], flags=re.MULTILINE))
    assert rows == set(Workspace.model_fields)


def test_every_setting_of_our_own_is_documented() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", SECTIONS["Settings of Scrapy"], flags=re.MULTILINE))
    assert rows == {name for name in dir(settings) if name.startswith("LUUTIN_")}


def test_every_environment_variable_is_documented() -> None:
    named = {param.envvar for command in ALL.values() for param in command.params if param.envvar}
    assert all(f"| `{name}` |" in SECTIONS["Environment variables"] for name in named)


def test_every_outcome_kind_and_significance_is_documented() -> None:
    assert all(f"`{outcome.value}`" in SECTIONS["crawl"] for outcome in Outcome)
    assert all(f"`{kind.value}`" in SECTIONS["edits"] for kind in (*ChangeKind, *Significance))


READING = (Path(__file__).parent.parent / "docs" / "reading.md").read_text(encoding="utf-8")
ORDERS = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", READING, flags=re.MULTILINE))
_DAY = "2025-03-11T20:2{}:00+07:00"


def everything_stated() -> str:
    """A page that states each field in every place, each time otherwise."""
    told = {
        "datePublished": _DAY.format(0), "dateModified": _DAY.format(1), "dateCreated": _DAY.format(2),
        "articleSection": "Kinh tế", "inLanguage": "vi", "image": "/2.jpg", "author": "Lò Thị Mây",
        "creator": "Hà Văn Sếnh",
    }  # fmt: skip
    meta = {
        "article:published_time": _DAY.format(3), "date": _DAY.format(4), "article:modified_time": _DAY.format(5),
        "og:updated_time": _DAY.format(6), "lastmod": _DAY.format(7), "article:section": "Đời sống",
        "article:tag": "điện", "news_keywords": "đèn dầu, vùng cao", "keywords": "bản làng",
        "og:url": "/b-post101.html", "og:image": "/1.jpg",
        "og:locale": "vi_VN", "language": "vi", "twitter:title": "Bản B", "title": "Bản C",
        "article:author": "Vàng A Chứ",
    }  # fmt: skip
    head = json_ld(**{name: f'"{text}"' for name, text in told.items()})
    head += "".join(f'<meta property="{name}" content="{text}">' for name, text in meta.items())
    head += '<link rel="canonical" href="/c-post101.html">'
    crumbs = '<div class="breadcrumb"><a href="/">Trang chủ</a> <a href="/xa-hoi/">Xã hội</a></div>'
    header = "<p>Bài và ảnh: Giàng A Páo</p><p>11/03/2025 - 20:28</p><p>Cập nhật: 11/03/2025 - 20:29</p>"
    tags = '<div class="tags"><a href="/tag/a">điện lưới</a> <a href="/tag/b">Nậm Lúc</a></div>'
    return page(crumbs + article(header, tags), head)


@pytest.mark.parametrize("field", sorted(set(FIELDS) - {"lead"}))
def test_the_order_that_settles_conflicts_is_the_one_documented(field: str) -> None:
    stated = [one.source for one in read(everything_stated()).candidates if one.field == field]
    named = re.findall(r"`([^`]+)`", ORDERS[field])
    places = [named.index(source) for source in stated if source in named]
    assert places == sorted(places), (stated, named)
    assert len(set(places)) > 1, stated


def test_every_field_that_try_shows_has_its_order_documented() -> None:
    assert set(ORDERS) == set(FIELDS)
