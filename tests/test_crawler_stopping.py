import asyncio

import pytest

from crawler.stopping import Stop, StoppedError


def test_what_is_under_way_may_finish_within_the_grace() -> None:
    async def finishing() -> str:
        stop = Stop()
        work = asyncio.ensure_future(stop.unless_over(asyncio.sleep(0.05, "done")))
        await asyncio.sleep(0)
        stop.ask(grace=10)
        return await work

    assert asyncio.run(finishing()) == "done"


@pytest.mark.parametrize("times", [1, 2])
def test_what_takes_longer_is_cancelled_and_a_second_asking_ends_the_grace(times: int) -> None:
    async def lasting() -> bool:
        stop = Stop()
        inner = asyncio.ensure_future(asyncio.sleep(60))
        work = asyncio.ensure_future(stop.unless_over(inner))
        await asyncio.sleep(0)
        for _ in range(times):
            stop.ask(grace=0.05 if times == 1 else 60)
        with pytest.raises(StoppedError):
            await work
        await asyncio.sleep(0)
        return inner.cancelled()

    assert asyncio.run(lasting())


def test_an_error_of_the_work_comes_through() -> None:
    async def failing() -> None:
        async def fail() -> None:
            raise ValueError("as it is")

        await Stop().unless_over(fail())

    with pytest.raises(ValueError, match="as it is"):
        asyncio.run(failing())
