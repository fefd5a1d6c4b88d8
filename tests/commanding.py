"""What the tests of the command line share: the real console script, and a small newspaper on loopback.

`luutin` runs the console script; `here` the same command line in this process, which saves its start.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit
from typing import Any, Self

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from luutin.main import main

LUUTIN = str(Path(sys.executable).with_name("luutin"))
_HTML = "text/html; charset=utf-8"
_DEADLINE = 120  # seconds; a command that hangs fails its test


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and how it ended."""

    status: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def records(self) -> list[dict[str, Any]]:
        """The JSON objects of its output, one a line."""
        return [json.loads(line) for line in self.raw.split(b"\n") if line]


def environment(**own: str) -> dict[str, str]:
    """The environment of this process without what would steer Luutin, and with `own`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUUTIN_")}
    return kept | {"NO_COLOR": "1", "COLUMNS": "80", "TZ": "Asia/Ho_Chi_Minh"} | own


def luutin(
    *words: str | Path, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None, longest: int | None = None
) -> Said:
    """Run `luutin` as a shell would, in a folder, with its output in pipes.

    It can write no file of more than `longest` bytes, as on a disk that is full by then.
    """
    ended = subprocess.run(
        [LUUTIN, *map(str, words)],
        cwd=cwd,
        input=stdin.encode(),
        capture_output=True,
        timeout=_DEADLINE,
        check=False,
        env=environment(**(env or {})),
        preexec_fn=None if longest is None else lambda: setrlimit(RLIMIT_FSIZE, (longest, longest)),
    )
    return Said(ended.returncode, ended.stdout, ended.stderr.decode("utf-8"))


def here(*words: str | Path, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None) -> Said:
    """Run the command line in this process, in a folder."""
    streams = [TextIOWrapper(BytesIO(data)) for data in (stdin.encode(), b"", b"")]
    before = sys.argv, sys.stdin, sys.stdout, sys.stderr, dict(os.environ)
    sys.argv = ["luutin", *map(str, words)]
    sys.stdin, sys.stdout, sys.stderr = streams
    os.environ.clear()
    os.environ.update(environment(**(env or {})))
    try:
        with chdir(cwd), pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = before[:4]
        os.environ.clear()
        os.environ.update(before[4])
    out, err = (_written(stream) for stream in streams[1:])
    return Said(ended.value.code if isinstance(ended.value.code, int) else 0, out, err.decode("utf-8"))


def _written(stream: TextIOWrapper) -> bytes:
    stream.flush()
    assert isinstance(stream.buffer, BytesIO)
    return stream.buffer.getvalue()


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + _DEADLINE
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)


def fault(said: Said) -> str:
    """The complaint of a command that was used wrongly: a few clear words on standard error, never a traceback."""
    assert said.status == 2, (said.status, said.out, said.err)
    assert "Traceback" not in said.err, said.err
    assert said.out == ""
    return said.err


def article_page(title: str, *paragraphs: str, lead: str = "", head: str = "") -> str:
    """A page of the newspaper."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    sapo = f'<p class="sapo">{lead}</p>' if lead else ""
    return (
        f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{title} - Báo Thử</title>"
        f'<meta property="og:title" content="{title}">{head}</head>'
        f"<body><nav><a href=/>Trang chủ</a> <a href=/chinh-tri/>Chính trị</a></nav>"
        f"<article><h1>{title}</h1>{sapo}{text}</article><footer>Báo Thử</footer></body></html>"
    )


def road(number: int, length: str = "12,5") -> str:
    """An article, each number another one; `length` is what an editor changes."""
    return article_page(
        f"Khởi công tuyến đường số {number} qua vùng núi",
        f"Sáng nay, tỉnh khởi công tuyến đường số {number}, dài {length} km, nối bốn xã vùng cao với quốc lộ.",
        f"Công trình có vốn {number * 7 + 40} tỷ đồng từ ngân sách, dự kiến hoàn thành trong mười tám tháng tới.",
        f"Đại diện nhà thầu cho biết đã huy động {number * 3 + 20} máy xúc và hơn một trăm công nhân lên công trường.",
        "Người dân các xã dọc tuyến đã bàn giao mặt bằng từ tháng trước và mong con đường sớm thông xe.",
    )


class Newspaper:
    """A site on loopback with a front page, a section, a feed, a sitemap and articles that a test may edit."""

    def __init__(self, count: int = 4) -> None:
        self._server = HTTPServer(host="127.0.0.1", threaded=True)
        self._server.expect_request(re.compile(".*")).respond_with_handler(self._answer)
        self.pages: dict[str, Response | str] = {}
        self.paths = [f"/khoi-cong-tuyen-duong-so-{number}-post{100 + number}.html" for number in range(1, count + 1)]
        self.pages.update({path: road(number) for number, path in enumerate(self.paths, 1)})

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    @property
    def home(self) -> str:
        return self.url("/")

    @property
    def key(self) -> str:
        """What a site of this host is named that has no site file."""
        return f"127.0.0.1-{self._server.port}"

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.port}{path}"

    @property
    def urls(self) -> list[str]:
        """The URLs of its articles."""
        return [self.url(path) for path in self.paths]

    @property
    def asked(self) -> list[str]:
        """The paths that it was asked for, in their order."""
        return [request.full_path.rstrip("?") for request, _ in self._server.log]

    def site_file(self, folder: Path, key: str = "bao", **more: str) -> Path:
        """Write a site file for it into a seeds folder."""
        path = folder / key / "site.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        feed = more.pop("feed", self.url("/rss.xml"))
        path.write_text(
            f'name = "Báo Thử"\nhome = "{more.pop("home", self.home)}"\nallow_private = true\n'
            f'[discover]\nfeeds = ["{feed}"]\n[pace]\ndelay = {more.pop("delay", "0")}\n',
            encoding="utf-8",
        )
        assert not more
        return path

    def _answer(self, request: Request) -> Response:
        found = self.pages.get(request.path)
        if found is None:
            made = self._made(request.path)
            return Response("not found", status=404) if made is None else made
        if isinstance(found, Response):
            return Response(iter([found.get_data()]), status=found.status, headers=found.headers)  # a length as given
        return Response(found, content_type=_HTML)

    def _made(self, path: str) -> Response | None:
        links = "".join(f'<li><a href="{page}">Tin {page}</a></li>' for page in self.paths)
        items = "".join(f"<item><title>{url}</title><link>{url}</link></item>" for url in self.urls)
        locs = "".join(f"<url><loc>{url}</loc></url>" for url in self.urls)
        nav = '<nav><a href="/chinh-tri/">Chính trị</a></nav>'
        feed = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        made = {
            "/": (
                f"<html lang=vi><head><title>Báo Thử</title>{feed}</head><body>{nav}<ul>{links}</ul></body></html>",
                _HTML,
            ),
            "/chinh-tri/": (f"<html lang=vi><title>Chính trị</title><body>{nav}<ul>{links}</ul></body></html>", _HTML),
            "/rss.xml": (
                f'<rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>',
                "application/rss+xml",
            ),
            "/sitemap.xml": (
                f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locs}</urlset>',
                "application/xml",
            ),
            "/robots.txt": (f"User-agent: *\nAllow: /\nSitemap: {self.url('/sitemap.xml')}\n", "text/plain"),
        }.get(path)
        return None if made is None else Response(made[0], content_type=made[1])


@contextmanager
def newspaper(count: int = 4) -> Iterator[Newspaper]:
    """A newspaper that listens."""
    with Newspaper(count) as paper:
        yield paper
