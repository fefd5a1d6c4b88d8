import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.bylines import names_in
from crawler.pages.sitenames import host_names, is_account, is_publisher

SITE = ("Báo Ví Dụ Online", "baovidu.vn")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Theo Lò Thị Mây", ("Lò Thị Mây",)),
        ("Bài và ảnh: LÒ THỊ MÂY", ("LÒ THỊ MÂY",)),
        ("Tin, ảnh: Hà Văn Sếnh", ("Hà Văn Sếnh",)),
        ("Lò Mây (tổng hợp)", ("Lò Mây",)),
        ("Lò Mây (Theo Reuters)", ("Lò Mây", "Reuters")),
        ("Lò Mây (TTXVN)", ("Lò Mây", "TTXVN")),
        ("Lò Mây - Hà Sếnh", ("Lò Mây", "Hà Sếnh")),
        ("Lò Mây và Hà Sếnh", ("Lò Mây", "Hà Sếnh")),
        ("Theo TTXVN", ("TTXVN",)),
        ("Theo Tuổi trẻ", ("Tuổi trẻ",)),
        ("PV Lò Mây", ("Lò Mây",)),
        ("CTV Lò Mây", ("Lò Mây",)),
        ("Nhà báo Lò Mây", ("Lò Mây",)),
        ("Đăng bởi: Lò Mây", ("Lò Mây",)),
        ("Biên dịch: Lò Mây", ("Lò Mây",)),
        ("Nội dung: Lò Mây | Ảnh: Hà Sếnh | Thiết kế: Giàng Páo", ("Lò Mây",)),
        ("Lò Mây và nhóm phóng viên", ("Lò Mây", "nhóm phóng viên")),
        ("L.T.M", ("L.T.M",)),
        ("L.T.M.", ("L.T.M.",)),
        ("Theo L.M.", ("L.M.",)),
        ("By Ada Crane and Joan Ashdown, in Thornmouth", ("Ada Crane", "Joan Ashdown")),
        ("Von Jörg Zander, Lille", ("Jörg Zander",)),
        ("Trine Bøgh og Tôrtia Holm", ("Trine Bøgh", "Tôrtia Holm")),
        ("Chus del Prado (enviado especial)", ("Chus del Prado",)),
        ("AFP, MANILA", ("AFP",)),
        ("dpa/AFP", ("dpa", "AFP")),
        ("Ada Crane, Senior Health Reporter", ("Ada Crane",)),
        ("Ein Kommentar von Jana Zander und Max Holm", ("Jana Zander", "Max Holm")),
        ("Publié par Jeanne Roy", ("Jeanne Roy",)),
        ("Avec AFP", ("AFP",)),
        ("Mit dpa", ("dpa",)),
        ("a cura di Mario Belli", ("Mario Belli",)),
        ("Skrevet af Trine Bøgh", ("Trine Bøgh",)),
        ("Reporter: Budi Sari | Editor: Ani Sari", ("Budi Sari",)),
        ("By Ada Crane for the Thornmouth Mirror", ("Ada Crane",)),
        ("Posted by Ada Crane", ("Ada Crane",)),
        ("Ada Crane ada@courier.example @adacrane", ("Ada Crane",)),
        ("Ada Crane, University of Thornmouth", ("Ada Crane",)),
        ("Karl von Zander", ("Karl von Zander",)),
        ("作者：牛犇", ("牛犇",)),
        ("김철수 기자", ("김철수",)),
        ("Ada Crane | Staff Writer", ("Ada Crane",)),
        ("Staff Reporter", ("Staff Reporter",)),
        ("牛犇、岳山", ("牛犇", "岳山")),
    ],
)
def test_a_byline_gives_its_names(byline: str, names: tuple[str, ...]) -> None:
    assert names_in(byline, SITE) == names


@pytest.mark.parametrize(
    "byline",
    [
        "Báo Ví Dụ",
        "BAOVIDU.VN",
        "Ví Dụ Online",
        "Vi Du",
        "Medically reviewed by Ada Crane",
        "Follow @courier",
        "Chuyên mục",
        "続きを読む",
        "Read more",
        "https://www.facebook.com/baovidu",
        "toasoan@baovidu.vn",
        "PV",
        "Biên tập viên",
        "Ảnh: Hà Sếnh",
        "Editor",
        "Chia sẻ",
        "Wednesday",
        "11/03/2025",
        "Chính trị",
        "",
    ],
)
def test_the_site_roles_addresses_and_labels_are_no_names(byline: str) -> None:
    assert names_in(byline, SITE) == ()


def test_a_longer_name_that_contains_the_sites_is_not_the_site() -> None:
    assert not is_publisher("Brett Larkin", ("Brett Larkin Yoga Uplift",))
    assert is_publisher("The Example News", ("Example",))


def test_a_site_is_known_by_the_name_that_its_address_spells_without_accents() -> None:
    assert is_publisher("Tiếng Nói Nậm Đường", host_names("https://tiengnoinamduong.example/bai.html"))


def test_an_account_is_named_after_the_site_and_a_person_is_not() -> None:
    assert is_account("Admin Ví Dụ", SITE)
    assert is_account("Courier D", ("Courier News",))
    assert not is_account("Courier Night Bureau", ("Courier News",))
    assert not is_account("Ada Crane", ("Crane Courier",))


def test_a_host_gives_its_names() -> None:
    assert host_names("https://www.vidu.com.vn/a/b.html") == ("vidu.com.vn", "vidu")


@given(st.text(max_size=200))
def test_reading_a_byline_never_raises(text: str) -> None:
    assert all(name for name in names_in(text, SITE))
