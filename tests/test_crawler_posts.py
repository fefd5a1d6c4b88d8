"""A post that a page shows is read without how often it was liked and shared."""

import pytest

from crawler.pages.reading import read
from crawler.rules import Rules

STORY = [f"Đoạn {n}: xã đã bàn giao mặt bằng cho nhà thầu và hẹn xong trước mùa mưa tới." for n in range(5)]
POST = "Cầu Bến Lam sáng nay đông quá trời đông luôn bà con ơi."


def body(post: str) -> list[str]:
    told = [f"<p>{text}</p>" for text in STORY]
    html = f"<html lang='vi'><body><h1>Bàn giao mặt bằng</h1><div>{''.join(told[:3])}{post}{''.join(told[3:])}</div>"
    article = read(html.encode(), "https://a.example/b.html", "text/html", Rules()).article
    return [block.text for block in article.body] if article else []


@pytest.mark.parametrize(
    "post",
    [
        f"<blockquote class='tiktok-embed'>{POST} 68290 Likes, 861 bình luận</blockquote>",
        f"<blockquote class='tiktok-embed'><section>{POST} 68.2K Likes · 861 Comments</section></blockquote>",
        f"<blockquote class='tiktok-embed'><p>68.290 lượt thích, 861 bình luận. {POST}</p></blockquote>",
        f"<blockquote class='tiktok-embed'>{POST}<br>7 likes, 8 comments. TikTok video from Lê An (@lean)</blockquote>",
        f"<blockquote class='twitter-tweet'><p>{POST} 12 bình luận</p></blockquote>",
        f"<blockquote class='instagram-media'><p>{POST}</p><div>View all 56 comments</div></blockquote>",
    ],
)
def test_what_a_post_counts_is_left_out(post: str) -> None:
    assert body(post) == [*STORY[:3], POST, *STORY[3:]]


def test_counts_that_a_post_tells_of_are_its_words() -> None:
    said = "Bài hôm qua được 900 lượt thích mà chỉ có 3 bình luận thôi."
    assert said in body(f"<blockquote class='twitter-tweet'><p>{said}</p></blockquote>")


def test_counts_in_what_somebody_said_are_text() -> None:
    said = "Bài của tôi chiều qua đã có chừng 68290 lượt thích, 861 bình luận"
    assert said in body(f"<blockquote>{said}</blockquote>")
