import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from crawler.sitefiles import load_site, load_sites, site_of
from crawler.sites import Site
from crawler.weighing import Weighing
from storage.changes import ChangeKind, Significance
from storage.comparison.significance import WEIGHTS
from storage.errors import ConfigError

GOOD = 'name = "Báo Ví Dụ"\nhome = "https://baovidu.example/"\n'
DOCUMENTED = Path(__file__).parent.parent / "docs" / "site-file.md"


def write(seeds: Path, key: str, text: str) -> None:
    (seeds / key).mkdir(parents=True)
    (seeds / key / "site.toml").write_text(text, "utf-8")


def faults_of(seeds: Path, text: str) -> list[str]:
    write(seeds, "abc", text)
    return [fault.removeprefix(f"{seeds}/abc/site.toml: ") for fault in faults(seeds)]


def faults(seeds: Path) -> list[str]:
    """Every fault of every site file; none when all is well."""
    try:
        load_sites(seeds)
    except ConfigError as error:
        return error.faults
    return []


def test_sites_are_loaded_by_the_name_of_their_folder(tmp_path: Path) -> None:
    write(tmp_path, "b.vn", GOOD.replace("baovidu", "b"))
    write(tmp_path, "a-1", GOOD)
    (tmp_path / "README.md").write_text("not a site")
    (tmp_path / "no-site-file").mkdir()
    sites = load_sites(tmp_path)
    assert list(sites) == ["a-1", "b.vn"]
    assert sites["a-1"].key == "a-1"
    assert sites["a-1"].name == "Báo Ví Dụ"


def test_a_folder_that_does_not_exist_holds_no_sites(tmp_path: Path) -> None:
    assert load_sites(tmp_path / "seeds") == {}


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "abc", 'home = "baovidu"\nlanguage = "vietnamese"\n[pace]\ndelay = -1\n')
    write(tmp_path, "Bad Name", GOOD + "[schedule]\ndiscover = '10 minutes'\n")
    write(tmp_path, "good", GOOD)
    with pytest.raises(ConfigError) as caught:
        load_sites(tmp_path)
    told = [fault.removeprefix(f"{tmp_path}/") for fault in caught.value.faults]
    assert [fault.split("; ")[0].split(" must")[0] for fault in told] == [
        "Bad Name/site.toml: the folder's name may hold only a-z, 0-9, dot, dash and underscore",
        "Bad Name/site.toml: schedule.discover:",
        "abc/site.toml: name: is required",
        "abc/site.toml: home:",
        "abc/site.toml: language:",
        "abc/site.toml: pace.delay:",
    ]
    assert told[-1].endswith("; got -1")


@pytest.mark.parametrize(
    ("extra", "fault"),
    [
        ("naem = 'x'", "naem: unknown key; did you mean `name`?"),
        ("[pace]\nconcurent = 2", "pace.concurent: unknown key; did you mean `concurrent`?"),
        ("delay = 2", "delay: unknown key; did you mean `pace.delay`?"),
        ("[[reading]]\nbdy = '.a'", "reading[0].bdy: unknown key; did you mean `body`?"),
        ("[[reading]]\nzzzz = '.a'", "reading[0].zzzz: unknown key"),
        ('[significance]\nnumbr = "minor"', "significance.numbr: unknown key; did you mean `number`?"),
        (
            '[significance]\nsentence_added = "minor"',
            "significance.sentence_added: unknown key; did you mean `sentence-added`?",
        ),
        (
            '[significance.fields.titel]\nnumber = "minor"',
            "significance.fields.titel: unknown key; did you mean `title`?",
        ),
        (
            '[significance.fields.title]\nmoved = "minor"',
            "significance.fields.title.moved: unknown key; did you mean `significance.moved`?",
        ),
        ("[schedul]\ndiscover = '1h'", "schedul: unknown key; did you mean `schedule`?"),
    ],
)
def test_an_unknown_key_is_refused_with_a_hint(tmp_path: Path, extra: str, fault: str) -> None:
    assert faults_of(tmp_path, f"{GOOD}{extra}\n") == [fault]


@pytest.mark.parametrize(
    ("extra", "place"),
    [
        ("timezone = 'Asia/Ho_Chi_Min'", "timezone"),
        ("allow_private = 'yes'", "allow_private"),
        ('user_agent = "a\\r\\nX-Evil: 1"', "user_agent"),
        ("discover = 3", "discover"),
        ("[discover]\nfeeds = 'https://a.example/rss'", "discover.feeds"),
        ("[discover]\nfeeds = ['/rss']", "discover.feeds[0]"),
        ("[discover]\narticles = ['ok', '(']", "discover.articles[1]"),
        ("[discover]\narticles = ['']", "discover.articles[0]"),
        ("[pace]\ndelay = '1'", "pace.delay"),
        ("[pace]\ndelay = nan", "pace.delay"),
        ("[pace]\nconcurrent = 0", "pace.concurrent"),
        ("[pace]\nmax_size = true", "pace.max_size"),
        ("[schedule]\ndiscover = 10", "schedule.discover"),
        ("[schedule]\ndiscover = '* * * *'", "schedule.discover"),
        ("[schedule]\nrevisit = 'often'", "schedule.revisit"),
        ("[schedule]\nrevisit = []", "schedule.revisit"),
        ("[schedule]\nrevisit = ['1d', '1h']", "schedule.revisit"),
        ("[schedule]\ntimes = ['25:00']", "schedule.times[0]"),
        ("[schedule]\nwindows = ['06:00-22:00', '6-7']", "schedule.windows[1]"),
        ("[[reading]]\nuntil = 'spring'", "reading[0].until"),
        ("[[reading]]\nbody = 'div['", "reading[0].body"),
        ("[[reading]]\ntitle = 'h1::text'", "reading[0].title"),
        ("[[reading]]\ndrop = ['']", "reading[0].drop[0]"),
        ("[[reading]]\nbody = 'p'\n[[reading]]\nbody = 'q'", "reading"),
        ('[significance]\nnumber = "big"', "significance.number"),
        ("[significance]\nnumber = 2", "significance.number"),
        ('[significance.fields.lead]\nname = "Minor"', "significance.fields.lead.name"),
        ("[[reading]]\nuntil = 2026-01-02\n[[reading]]\nuntil = 2026-01-01", "reading"),
    ],
)
def test_a_wrong_value_is_told_with_its_key(tmp_path: Path, extra: str, place: str) -> None:
    (fault,) = faults_of(tmp_path, f"{GOOD}{extra}\n")
    assert fault.startswith(f"{place}: must ")
    assert "; got " in fault


def test_a_slip_in_the_zone_is_answered_with_the_right_one(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, GOOD + "timezone = 'Asia/Ho_Chi_Min'")
    assert "did you mean Asia/Ho_Chi_Minh?" in fault


@pytest.mark.parametrize("name", ["Asia/Hanoi", "Asia/Ha_Noi", "Asia/Sai_Gon", "Hà Nội", "Vietnam"])
def test_a_city_that_the_zones_are_not_named_by_is_answered_with_its_zone(tmp_path: Path, name: str) -> None:
    (fault,) = faults_of(tmp_path, GOOD + f"timezone = '{name}'")
    assert "did you mean Asia/Ho_Chi_Minh?" in fault


@pytest.mark.parametrize("name", ["Asia/Xyz", "UTC+7", "giờ địa phương"])
def test_a_zone_that_is_like_none_is_answered_with_none(tmp_path: Path, name: str) -> None:
    (fault,) = faults_of(tmp_path, GOOD + f"timezone = '{name}'")
    assert "did you mean" not in fault


@pytest.mark.parametrize("text", ["10 phút", "often", "* * * *"])
def test_what_is_no_interval_is_answered_with_durations_and_cron_lines(tmp_path: Path, text: str) -> None:
    (fault,) = faults_of(tmp_path, GOOD + f"[schedule]\ndiscover = '{text}'")
    assert 'must be a duration such as "90s", "10m"' in fault
    assert "a cron line of five fields: minute, hour, day of the month, month, day of the week" in fault


def test_a_slip_in_the_notation_is_told_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, GOOD + "\n[pace]\ndelay = 1,0\n")
    assert fault.startswith("line 5: not TOML: ")


def test_a_file_that_ends_too_early_is_told_with_its_last_line(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, GOOD + '[discover]\nfeeds = ["https://a.example/rss"')
    assert fault.startswith("line 4: not TOML: ")


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, "abc", GOOD)
    (tmp_path / "abc" / "site.toml").write_bytes(b'home = "https://a.example/"\nname = "B\xe1o"\n')
    assert faults(tmp_path) == [f"{tmp_path}/abc/site.toml: line 2: not UTF-8"]


def test_a_mark_before_the_first_line_is_no_part_of_it(tmp_path: Path) -> None:
    write(tmp_path, "abc", "\ufeff" + GOOD)
    assert faults(tmp_path) == []


def test_a_rule_in_single_brackets_is_answered_with_double_ones(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, GOOD + '[reading]\nbody = "div"\n')
    assert fault == "reading: must be a list of tables; write [[reading]] for [reading]"


def test_a_switch_in_quotes_is_answered_with_the_two_words_that_there_are(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, GOOD + 'allow_private = "yes"\n')
    assert fault == "allow_private: must be true or false, without quotes; got 'yes'"


def test_the_key_is_the_folder_and_nothing_else() -> None:
    with pytest.raises(ConfigError, match=r"^x: key: unknown key; a site's key is the name of its folder"):
        site_of(GOOD + 'key = "khac"', "baovidu", "x")


def test_two_sites_of_one_home_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "a", GOOD)
    write(tmp_path, "b", GOOD)
    assert faults(tmp_path) == [f"{tmp_path}/b/site.toml: home: is the home of a too; got 'https://baovidu.example/'"]


def keys_of(model: type[BaseModel], prefix: str = "") -> list[str]:
    """Every key of a site file, as `pace.delay`."""
    found = []
    for name, field in model.model_fields.items():
        tables = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)]
        inner = [kind for kind in tables if issubclass(kind, BaseModel)]
        key = prefix + (field.alias or name)
        if not field.exclude:
            found.append(key)
        for kind in [] if prefix == "significance.fields." else inner:
            found += keys_of(kind, f"{key}.")
    return found


def test_every_key_is_documented() -> None:
    text = DOCUMENTED.read_text("utf-8")
    keys = keys_of(Site)
    assert {"pace.delay", "reading.until", "discover.articles"} <= set(keys)
    assert [key for key in keys if f"`{key}`" not in text] == []


def test_every_kind_that_a_field_may_weigh_is_documented_with_it() -> None:
    section = DOCUMENTED.read_text("utf-8").partition("- A table under `significance.fields`")[2].partition("\n- ")[0]
    named = set(re.findall("`([a-z-]+)`", section))
    tables = dict(Weighing().fields)
    assert set(tables) <= named
    for table in tables.values():
        assert {field.alias for field in type(table).model_fields.values()} <= named


def test_the_usual_weights_are_documented() -> None:
    rows = re.findall(
        r'^\| `significance\.([a-z-]+)` \| level \| `"([a-z]+)"', DOCUMENTED.read_text("utf-8"), re.MULTILINE
    )
    assert dict(rows) == {kind.value: level.value for kind, level in WEIGHTS.items()}


def test_weights_are_taken_by_kind_and_by_field() -> None:
    text = '[significance]\nparagraph-added = "minor"\n[significance.fields.body]\nwording = "substantive"\n'
    weights = site_of(GOOD + text, "abc", "x").significance.weights()
    assert weights.kinds == {ChangeKind.PARAGRAPH_ADDED: Significance.MINOR}
    assert {field: kinds for field, kinds in weights.fields.items() if kinds} == {
        "body": {ChangeKind.WORDING: Significance.SUBSTANTIVE}
    }


def test_every_kind_can_be_weighed() -> None:
    text = "[significance]\n" + "".join(f'{kind.value} = "cosmetic"\n' for kind in ChangeKind)
    assert set(site_of(GOOD + text, "abc", "x").significance.weights().kinds) == set(ChangeKind)


def test_one_site_is_loaded_whatever_the_others_say(tmp_path: Path) -> None:
    write(tmp_path, "abc", GOOD)
    write(tmp_path, "bad", "no")
    site = load_site(tmp_path, "abc")
    assert site
    assert site.name == "Báo Ví Dụ"
    assert load_site(tmp_path, "none") is None
    assert load_site(tmp_path, "../abc") is None
    with pytest.raises(ConfigError, match=r"bad/site\.toml: line 1: not TOML"):
        load_site(tmp_path, "bad")


def test_the_examples_of_the_documentation_are_site_files() -> None:
    blocks = DOCUMENTED.read_text("utf-8").split("```toml\n")[1:]
    examples = [block.partition("```")[0] for block in blocks]
    assert examples
    for example in examples:
        whole = example if "home =" in example else GOOD + example
        assert site_of(whole, "abc", "docs").home
