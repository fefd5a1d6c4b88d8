"""Reading processes under limits. The tasks here are no pages: a page that does such things is hard to find."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from crawler.readers import Readers, ReadingLimits
from crawler.rules import Rules
from tests.crawling import article, feed_of, site_at

URL = "http://bao.example/bai-1-post1.html"


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


def _burn(_: int) -> None:
    while True:
        pass


def _burn_in_c(_: int) -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")


def _eat(size: int) -> int:
    return len(bytearray(size))


def _die(number: int) -> None:
    os.kill(os.getpid(), number)


def _fail(_: int) -> None:
    raise LookupError("as it is")


def _pid(_: int) -> int:
    return os.getpid()


def _run(task: Callable[[Any], Any], given: object, **limits: Any) -> tuple[Any, str]:
    """What a task gives, and a second one after it that has to work in any case."""

    async def one(readers: Readers) -> tuple[Any, str]:
        result = await readers._run(task, given)
        reading = await readers.read(article(1).encode(), URL, "text/html", Rules())
        assert reading.article is not None
        return result

    with Readers(processes=1, limits=ReadingLimits(**limits)) as readers:
        return asyncio.run(one(readers))


def test_a_page_is_read_and_a_feed_is_looked_through() -> None:
    async def both(readers: Readers) -> None:
        reading = await readers.read(article(1).encode(), URL, "text/html", Rules())
        assert reading.article is not None
        assert reading.article.title == "Khởi công tuyến đường số 1"
        site = site_at("http://bao.example/")
        found = await readers.found_in("feed", feed_of([URL]).encode(), "text/xml", "http://bao.example/rss", site)
        assert [link.url for link in found.articles] == [URL]

    with Readers(processes=2, limits=ReadingLimits()) as readers:
        asyncio.run(both(readers))


_INTERRUPTED = """
import asyncio, signal, threading, time, psutil
from crawler.readers import Readers, ReadingLimits
from crawler.rules import Rules
from tests.crawling import article

def interrupt():
    named = "forkserver" + " import main"  # not so in this very text, which is its command line until it has begun
    own = psutil.Process()
    while not (started := [one for one in own.children() if named in " ".join(one.cmdline())]):
        time.sleep(0.01)
    for _ in range(30):  # while it imports what reads pages
        started[0].send_signal(signal.SIGINT)
        time.sleep(0.01)

signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell has ignored by what runs in the background
terminal = threading.Thread(target=interrupt)
terminal.start()
with Readers(processes=1, limits=ReadingLimits()) as readers:
    reading = asyncio.run(readers.read(article(1).encode(), "http://bao.example/1", "text/html", Rules()))
    print(reading.article.title)
terminal.join()
"""


def test_ctrl_c_of_a_terminal_does_not_reach_reading_processes_that_are_coming_up() -> None:
    folder = Path(__file__).parent.parent
    ended = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(folder)},
    )
    assert (ended.stdout, ended.stderr) == ("Khởi công tuyến đường số 1\n", "")


def test_a_page_that_hangs_is_ended() -> None:
    assert _run(_sleep, 600, wall=0.5) == (None, "reading it takes more than 0.5 s")


@pytest.mark.parametrize("task", [_burn, _burn_in_c])
def test_a_page_that_takes_too_much_cpu_is_ended_whatever_code_it_is_in(task: Callable[[int], None]) -> None:
    assert _run(task, 0, cpu=1, wall=300) == (None, "reading it takes more than 1 s of CPU")


def test_cpu_is_counted_anew_for_each_page() -> None:
    async def pages(readers: Readers) -> list[str]:
        return [(await readers._run(_busy, 1.1))[1] for _ in range(3)]

    with Readers(processes=1, limits=ReadingLimits(cpu=3)) as readers:
        assert asyncio.run(pages(readers)) == [""] * 3


def _busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_page_that_takes_too_much_memory_is_ended() -> None:
    assert _run(_eat, 3 * 1024**3) == (None, "reading it takes more than 2048 MiB")


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL])
def test_a_page_that_kills_its_reader_costs_only_itself(number: int) -> None:
    assert _run(_die, number) == (None, f"reading it ended its process (exit code {-number})")


def test_a_fault_of_ours_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert _run(_fail, 0) == (None, "the reader failed: LookupError: as it is")
    assert "the reader failed on a page" in caplog.text


def test_a_reading_that_could_not_be_had_names_no_reader() -> None:
    async def one(readers: Readers) -> None:
        reading = await readers.read(article(1).encode(), URL, "text/html", Rules())
        assert (reading.article, reading.reader) == (None, "")
        assert reading.unreadable

    with Readers(processes=1, limits=ReadingLimits(memory=60 * 1024**2)) as readers:
        asyncio.run(one(readers))


def test_a_reader_that_is_killed_while_idle_is_replaced() -> None:
    async def after(readers: Readers) -> None:
        for _ in range(2):
            pid, _fault = await readers._run(_pid, 0)
            os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.5)  # time for the pool to notice
            reading = await readers.read(article(1).encode(), URL, "text/html", Rules())
            assert reading.article is not None

    with Readers(processes=1, limits=ReadingLimits()) as readers:
        asyncio.run(after(readers))


def test_a_reader_that_takes_no_page_any_more_is_replaced() -> None:
    async def after(readers: Readers) -> None:
        pid, _fault = await readers._run(_pid, 0)
        os.kill(pid, signal.SIGSTOP)
        lost, fault = await asyncio.wait_for(readers._run(_pid, 0), 30)
        assert (lost, fault) == (None, "reading it takes more than 0.5 s")
        reading = await readers.read(article(1).encode(), URL, "text/html", Rules())
        assert reading.article is not None

    with Readers(processes=1, limits=ReadingLimits(wall=0.5, start=10)) as readers:
        asyncio.run(after(readers))


def test_closing_ends_the_processes_whatever_they_are_at() -> None:
    async def start(readers: Readers) -> int:
        pid, _ = await readers._run(_pid, 0)
        burning = asyncio.ensure_future(readers._run(_burn, 0))
        await asyncio.sleep(0.3)
        burning.cancel()
        return int(pid)

    readers = Readers(processes=1, limits=ReadingLimits())
    pid = asyncio.run(start(readers))
    readers.close()
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


CHILD = """
import asyncio, os, sys, time
from crawler.readers import Readers, ReadingLimits
from tests.test_crawler_readers import _pid, _sleep

async def main():
    readers = Readers(processes=2, limits=ReadingLimits())
    pids = {(await readers._run(_pid, 0))[0]}
    asyncio.ensure_future(readers._run(_sleep, 600))
    await asyncio.sleep(0.3)
    pids.add((await readers._run(_pid, 0))[0])
    print(*pids, flush=True)
    await asyncio.sleep(600)

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_readers_die_with_their_parent_even_when_nobody_waits_for_it(tmp_path: Path) -> None:
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    root = Path(__file__).parent.parent
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, cwd=root, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        assert pids
        parent.kill()
        deadline = time.monotonic() + 30
        while (alive := [pid for pid in pids if _runs(pid)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert psutil.Process(parent.pid).status() == psutil.STATUS_ZOMBIE  # not waited for: it is still to be seen
        assert alive == []


def _runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_the_process_that_fetches_does_not_import_what_reads_pages() -> None:
    reading = {"trafilatura", "feedparser", "crawler.pages.reading", "crawler.finding.discovery", "crawler.pages.tree"}
    code = f"import sys, crawler.job, crawler.handler, crawler.pipelines\nprint(*({reading} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
