import pickle
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from crawler.sites import Site, default_site, is_article, rules_at, site_for_url

HOME = "https://baovidu.example/"


def a_site(**said: Any) -> Site:
    return Site.model_validate({"key": "baovidu", "name": "Báo Ví Dụ", "home": HOME, **said})


def test_a_site_needs_a_name_and_a_home_only() -> None:
    site = a_site()
    assert site.pace.delay == 1.0
    assert site.pace.concurrent == 1
    assert site.pace.max_size == 20 * 1024 * 1024
    assert site.schedule.discover == timedelta(minutes=10)
    assert site.schedule.revisit == "adaptive"
    assert not site.allow_private
    assert site.zone == ZoneInfo("UTC")


def test_the_schedule_becomes_values() -> None:
    site = a_site(
        schedule={
            "discover": "*/5  6-22 * * MON-FRI",
            "revisit": ["15m", "1h", "1h", "7d"],
            "times": ["06:30", time(18, 0)],
            "windows": ["05:00-24:00"],
        }
    )
    assert site.schedule.discover == "*/5 6-22 * * mon-fri"
    assert site.schedule.revisit == (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=1), timedelta(days=7))
    assert site.schedule.times == (time(6, 30), time(18, 0))
    assert site.schedule.windows[0].holds(time(23, 30))


def test_a_site_goes_to_a_child_process_and_does_not_change() -> None:
    site = a_site(discover={"articles": [r"-post\d+\.html$"]}, schedule={"windows": ["05:00-23:00"]})
    assert pickle.loads(pickle.dumps(site)) == site
    with pytest.raises(ValidationError):
        site.name = "Khác"  # type: ignore[misc]


def test_a_rule_holds_up_to_and_including_its_day() -> None:
    site = a_site(
        timezone="Asia/Ho_Chi_Minh",
        language="vi",
        reading=[
            {"until": date(2025, 3, 1), "body": ".cu"},
            {"until": date(2026, 3, 1), "body": ".giua", "drop": [".ads"]},
            {"body": ".moi"},
        ],
    )
    bodies = [rules_at(site, day).body for day in (date(2024, 1, 1), date(2025, 3, 1), date(2025, 3, 2))]
    assert bodies == [".cu", ".cu", ".giua"]
    assert rules_at(site, date(2026, 3, 1)).drop == (".ads",)
    now = rules_at(site, date(2026, 3, 2))
    assert (now.body, now.drop, now.site_name, now.language) == (".moi", (), "Báo Ví Dụ", "vi")
    assert now.timezone == "Asia/Ho_Chi_Minh"


def test_after_the_last_until_the_general_reader_reads_alone() -> None:
    site = a_site(reading=[{"until": date(2025, 3, 1), "body": ".cu"}])
    assert rules_at(site, date(2025, 3, 2)).body == ""


def test_rules_of_one_file_are_known_as_such_whatever_the_day() -> None:
    site = a_site(reading=[{"until": date(2025, 3, 1), "body": ".cu"}, {"body": ".moi"}])
    before, after = (rules_at(site, day) for day in (date(2025, 3, 1), date(2025, 3, 2)))
    assert before != after
    assert before.file == after.file
    assert a_site().key == site.key
    assert rules_at(a_site(), date(2025, 3, 2)).file != after.file


def test_a_zone_that_the_file_does_not_give_is_not_claimed() -> None:
    assert rules_at(a_site(), date(2025, 1, 1)).timezone == ""
    assert rules_at(a_site(timezone="UTC"), date(2025, 1, 1)).timezone == "UTC"


def test_patterns_decide_what_is_an_article() -> None:
    site = a_site(discover={"articles": [r"-post\d+\.html$"]})
    assert is_article(site, HOME + "ngan-post1.html")
    assert not is_article(site, HOME + "mot-tieu-de-rat-dai-nhung-khac.html")
    assert not is_article(site, "https://khac.example/ngan-post1.html")


def test_without_patterns_the_shape_of_the_url_decides() -> None:
    assert is_article(a_site(), HOME + "mot-tieu-de-rat-dai.html")
    assert not is_article(a_site(), HOME + "chinh-tri/")


def test_a_url_belongs_to_the_site_of_its_host() -> None:
    sites = {
        "baovidu": a_site(),
        "thethao": a_site(home="https://thethao.baovidu.example/"),
        "khac": a_site(home="https://khac.example/"),
    }
    for url, key in (
        ("https://baovidu.example/a", "baovidu"),
        ("https://www.baovidu.example/a", "baovidu"),
        ("https://m.baovidu.example/a", "baovidu"),
        ("https://thethao.baovidu.example/a", "thethao"),
        ("https://dulich.baovidu.example/a", "baovidu"),
        ("https://KHAC.example:443/a", "khac"),
    ):
        assert site_for_url(sites, url) is sites[key], url
    assert site_for_url(sites, "https://baovidu.example.khac.test/a") is None


def test_sites_of_one_host_are_told_apart_by_their_patterns() -> None:
    sites = {
        "tin": a_site(discover={"articles": ["/tin/"]}),
        "anh": a_site(home=HOME + "anh/", discover={"articles": ["/anh/"]}),
    }
    assert site_for_url(sites, HOME + "anh/mot.html") is sites["anh"]
    assert site_for_url(sites, HOME + "tin/mot.html") is sites["tin"]


def test_each_port_of_this_machine_is_a_site() -> None:
    sites = {"a": a_site(home="http://127.0.0.1:8001/"), "b": a_site(home="http://127.0.0.1:8002/")}
    assert site_for_url(sites, "http://127.0.0.1:8002/x") is sites["b"]
    assert site_for_url(sites, "http://127.0.0.1:8003/x") is None


def test_a_site_without_a_file_is_named_by_its_host() -> None:
    site = default_site("baovidu.example", "https://baovidu.example/a.html?x=1")
    assert (site.key, site.name, site.home) == ("baovidu.example", "baovidu.example", HOME)
    assert default_site("127.0.0.1:8000", "http://127.0.0.1:8000/a").key == "127.0.0.1-8000"
    assert default_site("[::1]:8000", "http://[::1]:8000/a").key == "1-8000"
