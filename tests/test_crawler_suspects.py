"""Pages that answer 200 and are no article."""

import pytest

from crawler.pages.suspects import find_suspicion
from crawler.pages.tree import load


def suspicion(html: str, *, title: str = "", body_words: int = 0, dated: bool = False) -> str:
    return find_suspicion(load(html), title=title, body_words=body_words, dated=dated)


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<title>Just a moment...</title><body><p>Checking your browser before accessing.</p>", "block page"),
        ("<title>Attention Required! | Cloudflare</title><body><h1>Sorry, you have been blocked</h1>", "block page"),
        ("<title>x</title><body><script src='https://ct.captcha-delivery.com/c.js'></script><p>x</p>", "block page"),
        ("<title>Access Denied</title><body><h1>Access Denied</h1><p>Reference #18.2f</p>", "block page"),
        ("<title>Báo</title><body><p>Vui lòng xác nhận bạn không phải là người máy.</p>", "block page"),
        ("<title>Không tìm thấy trang | Báo Ví Dụ</title><body><p>Mời về trang chủ.</p>", "not-found page"),
        ("<title>Báo Ví Dụ</title><body><h1>404</h1><p>Trang không tồn tại</p>", "not-found page"),
        ("<title>Page not found - The Courier</title><body><p>Try the search.</p>", "not-found page"),
        ("<title>Seite nicht gefunden</title><body><p>x</p>", "not-found page"),
        ("<title>Báo</title><body><p>Trang bạn yêu cầu hiện không tồn tại.</p>", "not-found page"),
        ("<title>503 Service Unavailable</title><body><p>x</p>", "error page"),
        ("<title>Đăng nhập</title><body><form><input type='password'></form>", "login wall"),
        ("<title>Before you continue</title><body><p>We use cookies.</p>", "consent wall"),
        ("<title>x</title><body><p>Please enable JavaScript to view this page.</p>", "script wall"),
        ("<title>Báo</title><body><p>Phát hiện lưu lượng truy cập bất thường từ mạng của bạn.</p>", "block page"),
        ("<title>Báo</title><body><p>Bài viết này không khả dụng tại quốc gia của bạn.</p>", "geo-block"),
        ("<title>Post</title><body><p>451: Unavailable due to legal reasons</p>", "geo-block"),
        ("<title>Báo</title><body><p>Không tìm thấy nội dung bạn yêu cầu.</p>", "not-found page"),
        ("<title>Báo</title><body><p>Nội dung này hiện không có sẵn hoặc đã bị xóa.</p>", "not-found page"),
        ("<title>Post</title><body><h1>Sorry</h1><p>This article is no longer available.</p>", "not-found page"),
        ("<title>Error</title><body><p>La noticia que busca ya no está disponible.</p>", "not-found page"),
        ("<title>알림</title><body><p>삭제되었거나 존재하지 않는 기사입니다.</p>", "not-found page"),
        ("<title>Новости</title><body><p>Запрошенная страница не найдена.</p>", "not-found page"),
        ("<title>Post</title><body><p>Mit Werbung und Tracking nutzen oder Pur-Abo kaufen.</p>", "consent wall"),
        ("<title>Corriere</title><body><p>Rifiuta e abbonati</p><p>Accetta e continua</p>", "consent wall"),
        ("<title>Le Jour</title><body><button>x</button><p>Continuer sans accepter</p>", "consent wall"),
        ("<body><b>Fatal error</b>: Uncaught PDOException: x in /var/db.php:1 Stack trace: #0", "error page"),
    ],
)
def test_such_a_page_is_told_by_what_it_says(html: str, why: str) -> None:
    assert suspicion(html).startswith(why)


@pytest.mark.parametrize(
    "title",
    [
        "Không tìm thấy trang phục của nạn nhân",
        "404 hồ sơ được giải quyết trong một tuần",
        "Page not found: how a library lost its oldest book",
        "Bắt nhóm dùng captcha giả để lừa đảo",
        "Đăng nhập VNeID từ 1/7",
        "Ứng dụng gọi xe không khả dụng tại khu vực miền núi",
        "This article is no longer available: when newspapers delete their past",
        "Nhiều trang báo lỗi vì lưu lượng truy cập bất thường từ nước ngoài",
    ],
)
def test_a_short_dated_article_is_no_suspect_whatever_its_headline_speaks_of(title: str) -> None:
    body = "<p>Sáng 11/3, cơ quan chức năng cho biết đang xác minh vụ việc và sẽ thông tin sau khi có kết quả.</p>"
    assert suspicion(f"<title>{title}</title><body><h1>{title}</h1>{body}", body_words=25, dated=True) == ""


def test_a_tiny_article_without_a_date_is_no_suspect() -> None:
    html = "<title>Tin vắn - Báo Ví Dụ</title><body><h1>Mưa lớn ở Hà Nội</h1><p>Chiều nay Hà Nội mưa lớn.</p>"
    assert suspicion(html, title="Mưa lớn ở Hà Nội", body_words=6) == ""


def test_a_long_article_is_not_looked_at() -> None:
    assert suspicion("<title>Just a moment...</title><body><p>x</p>", body_words=900) == ""


def test_a_page_with_a_captcha_in_its_comment_form_is_no_suspect() -> None:
    html = "<title>Tin</title><body><script src='https://www.google.com/recaptcha/api.js'></script>"
    assert suspicion(html + "<p>Nội dung bài viết ngắn gọn.</p>" * 20, body_words=100) == ""
