import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.bylines import host_names, is_publisher, names_in

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
        ("L.T.M", ("L.T.M",)),
        ("By Ada Crane and Joan Ashdown, in Thornmouth", ("Ada Crane", "Joan Ashdown")),
        ("Von Jörg Zander, Lille", ("Jörg Zander",)),
        ("Trine Bøgh og Tôrtia Holm", ("Trine Bøgh", "Tôrtia Holm")),
        ("Chus del Prado (enviado especial)", ("Chus del Prado",)),
        ("AFP, MANILA", ("AFP",)),
        ("dpa/AFP", ("dpa", "AFP")),
        ("Ada Crane, Senior Health Reporter", ("Ada Crane",)),
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


def test_a_host_gives_its_names() -> None:
    assert host_names("https://www.vidu.com.vn/a/b.html") == ("vidu.com.vn", "vidu")


@given(st.text(max_size=200))
def test_reading_a_byline_never_raises(text: str) -> None:
    assert all(name for name in names_in(text, SITE))
