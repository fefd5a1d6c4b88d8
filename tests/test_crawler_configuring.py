from pathlib import Path

import pytest

from crawler.configuring import apply_site, site_named, user_agent
from crawler.job import crawl_settings
from storage.errors import ConfigError
from tests.crawling import site_at

HOME = "http://bao.example/"


def test_a_user_agent_says_who_we_are_and_how_to_reach_us() -> None:
    assert user_agent(site_at(HOME), "a@b.example").endswith(" (news archive; contact: a@b.example)")
    assert user_agent(site_at(HOME), "").startswith("Luutin/")
    assert user_agent(site_at(HOME, contact="c@d.example"), "a@b.example").endswith("contact: c@d.example)")
    assert user_agent(site_at(HOME, user_agent="Own/1"), "a@b.example") == "Own/1"


@pytest.mark.parametrize("contact", ["a\r\nCookie: x", "tòa soạn", "a\x00"])
def test_a_contact_that_cannot_stand_in_a_header_is_refused(contact: str) -> None:
    with pytest.raises(ConfigError, match="contact"):
        user_agent(site_at(HOME), contact)


def test_the_site_file_sets_the_pace_and_the_command_line_weighs_more() -> None:
    site = site_at(HOME, pace={"delay": 2.5, "concurrent": 3, "timeout": 7.0, "max_size": 1000})
    settings = crawl_settings({})
    apply_site(settings, site)
    assert settings.getfloat("LUUTIN_DELAY") == 2.5
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 3
    assert settings.getfloat("DOWNLOAD_TIMEOUT") == 7.0
    assert settings.getint("DOWNLOAD_MAXSIZE") == 1000
    told = crawl_settings({"DOWNLOAD_DELAY": 0.5})
    apply_site(told, site)
    assert told.getfloat("LUUTIN_DELAY") == 0.5


def test_what_is_unsafe_by_default_in_scrapy_is_off() -> None:
    settings = crawl_settings({})
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert not settings.getbool("COOKIES_ENABLED")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert not settings.getbool("LUUTIN_ALLOW_PRIVATE")
    assert settings["JOBDIR"] is None
    handlers = {scheme: handler for scheme, handler in settings.getdict("DOWNLOAD_HANDLERS").items() if handler}
    assert set(handlers) == {"http", "https"}


def test_a_site_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "bao").mkdir()
    (tmp_path / "bao" / "site.toml").write_text(f'name = "Báo"\nhome = "{HOME}"\n', encoding="utf-8")
    settings = crawl_settings({"LUUTIN_SEEDS": str(tmp_path)})
    assert site_named(settings, "bao").home == HOME
    with pytest.raises(ConfigError, match="holds no site 'boa'; it holds: bao"):
        site_named(settings, "boa")
