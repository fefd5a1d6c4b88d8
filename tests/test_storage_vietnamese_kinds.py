"""Which kind of edit a Vietnamese desk has made, sentence by sentence: {old|new}, after `=` the only kind."""

import re

import pytest

from storage.comparison.comparing import compare
from tests.test_storage_comparing import article

BACKGROUND = (
    "Ban quản lý chợ cho hay mọi gian hàng sẽ mở lại sau khi sửa xong mái.",
    "Tiểu thương mong sớm được buôn bán như cũ, vì hàng để lâu đã hỏng nhiều.",
)
CHOICE = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")

NUMBERS = """
Bệnh xá đón hai mươi {mốt|tư} người bị say nắng. = number
Đội chỉ còn hai mươi {|hai }cầu thủ lành lặn. = number
Tổng mức đầu {tư |}năm nay vẫn thế. = wording
Kiến nghị có chữ ký của {một nửa|hai phần ba} số hộ. = number
Lượng khách tăng gấp {đôi|ba} so với mùa trước. = number
Con tàu chở một trăm lẻ {năm|sáu} hành khách. = number
Bà là đại biểu Quốc hội khóa {XV|XVI} của tỉnh. = number
Ngôi chùa có từ thế kỷ {XVII|XVIII} hoặc sớm hơn. = number
Trên thuyền có {3 nam và 5 nữ|5 nam và 3 nữ} khi sóng ập tới. = number
Kho thóc còn 12 {nghìn|ngàn} tấn chờ bán. = spelling
Miệng hố rộng chừng {30 m|30m} và rất sâu. = spelling
Người ấy lĩnh án {3 năm 6 tháng|4 năm} vì tội trộm trâu. = number
Nhà vua Charles {III|II} tới thăm trường. = name
Chủ ghe là ông Lê Văn Út {Mười|Một} ở xóm Cồn. = name
Bà là đại biểu Quốc hội khóa {X|XI} của tỉnh. = number
Bà là đại biểu Quốc hội khóa {X|V} của tỉnh. = number
Lô hàng này của công ty {X|Y} gửi ra cảng. = name
Lô hàng này của công ty {X|V} gửi ra cảng. = name
Lô hàng này của Công ty {X|Nam Hải} gửi ra cảng. = name
Người gửi là ông {V|K} ở bến xe. = name
Gói mì bán với giá {7.000|7000} đồng ở chợ. = orthographic
Kho có {12.345,5|12345,5} tấn và {1.250.000|1250000} con. = orthographic
Kho có {7.000|8000} tấn chờ bán. = number
Kho có {7.0|70} tấn chờ bán. = number
Ruộng rộng {50 m2|50 m²} và rất sâu. = orthographic
Bình đựng {H2SO4|H₂SO₄} và {C6H12O6|C₆H₁₂O₆} bị vỡ. = orthographic
Mật độ lên tới {10²|102} con mỗi lồng. = number
Ruộng rộng {50 m²|50 m³} và rất sâu. = number
"""
UNITS = """
Khu rừng ấy rộng {10 ha|10 km2} và rất sâu. = number
Khu rừng ấy rộng {3 ha|3 sào} và rất sâu. = number
Khu rừng ấy rộng {10 ha|12 km2} và rất sâu. = number
Vé xem hát giá {200 nghìn đồng|200 nghìn euro} một lượt. = number
Vé xem hát giá {200 USD|200 EUR} một lượt. = number
Mỗi ngày uống {5 mg|5 g} thuốc này. = number
Bể chứa được {ba mét vuông|ba mét khối} nước. = number
Xe chạy với tốc độ {50 km/h|50 m/s} qua cầu. = number
Lãi suất tăng {5 điểm phần trăm|5 phần trăm} so với năm trước. = number
Đội thợ cần {ba tuần|ba tháng} để sửa mái. = number
Ông ấy lĩnh án {năm năm|năm tháng} tù về tội trộm. = number
Trẻ dưới {5 tháng tuổi|5 tuổi} được miễn vé. = number
Thêm {½|¼} thìa muối vào nồi. = number
Thêm {½|1/2} thìa muối vào nồi. = orthographic
Chợ mở cửa lúc {7 giờ sáng|7 giờ tối} mỗi ngày. = number
Chợ mở cửa lúc {7h30 sáng|7h30 tối} mỗi ngày. = number
Có {hơn 100|gần 100} người đến xem hội. = number
Cần có {ít nhất|nhiều nhất} 3 người trông kho. = number
Cần có {ít nhất 3|3} người trông kho. = number
Khu rừng ấy rộng {10 m2|10 mét vuông} và rất sâu. = wording
Kho thóc còn {12 kg|12 cân} chờ bán. = wording
Chợ mở cửa lúc {7 giờ 30 phút|7 giờ 30} sáng mỗi ngày. = wording
Vé xem hát giá {200 nhân dân tệ|200 tệ} một lượt. = wording
Ông ấy nhận {10 tỷ đồng|10 tỷ} từ xã. = wording
Nhà ông ấy có {5 tầng|5 phòng} rất rộng. = wording
Quán ấy chỉ bán buổi {sáng|tối} mỗi ngày. = wording
Hội mở {trên|gần} bến sông đầu làng. = wording
"""
DATES = """
Chợ mở cửa vào {sáng nay|sáng mai} ở đầu làng. = date
Chợ mở cửa vào {tối qua|đêm qua} ở đầu làng. = date
Chợ mở cửa {sáng 5/3|chiều 5/3} ở đầu làng. = date
Chợ mở cửa sáng nay ({5/3|6/3}) ở đầu làng. = date
Lợi nhuận quý {II|III} thấp hơn dự báo. = date
Doanh thu quý {III/2025|IV/2025} sẽ hồi phục. = date
Nhà máy kín đơn hàng đến hết quý {một|hai} sang năm. = date
Nhà máy kín đơn hàng đến hết quý {2|3} sang năm. = date
Lãi của quý {II|2} chia cho cổ đông. = spelling
Chiếc cầu này xây từ năm {2014|2015} thì xong. = date
Vé tàu tăng giá từ {1/7|1/8} năm nay. = date
Hồ sơ nộp trước {30/6|30/9} tại phường. = date
Trận đấu dời sang {5-6|6-6} do sân ngập. = date
Trận đấu hòa {5-6|6-6} sau loạt luân lưu. = number
Trường nghỉ từ {23|25} tháng Chạp cho đến hết Tết. = date
Vụ mùa {năm ngoái|năm kia} cũng thất bát như thế. = date
Lớp học bế giảng vào tháng {ba|tư} năm 2025 ở đình làng. = date
Hội mở vào tháng {Ba|3} hằng năm. = spelling
Mùa cá về vào tháng mười {một|hai} âm lịch. = date
Tòa mở lại phiên xử thứ {hai|ba} tuần tới. = date
Ông là người thứ {hai|ba} bị bắt trong ngày. = number
Hơn {1/3|1/2} số hộ dùng nước giếng. = number
Trạm bơm chạy {24/7|12/7} suốt mùa khô. = number
"""
DENIALS = """
Giống cam này {không những|} ngọt mà còn sai quả. = wording
Việc ấy {không chỉ|vừa} tốn kém mà còn nguy hiểm. = wording
Ông {không |}chỉ đạo việc thu phí. = negation
Quán bán đồ khô, {chẳng hạn|ví dụ} măng và nấm. = wording
Ngân hàng {không |}tăng lãi suất cho vay. = negation
Cửa hàng {không |}mở cửa vào buổi tối. = negation
Hãng {hàng không|tàu biển} này vừa đổi chủ. = wording
Các trường hợp trên {không |}được hoàn tiền. = negation
Thí sinh {không |}gian lận trong phòng thi. = negation
Ngôi làng bị {không kích|pháo kích} lúc nửa đêm. = wording
Người bán {không |}trung thực về nguồn gốc. = negation
"""
NAMES = """
Bác bỏ tin đồn là phát ngôn viên Bộ {Ngoại giao|Quốc phòng} tối qua. = name
Tấm bảng ghi công của Hội {Phụ nữ|Nông dân} vẫn còn. = name
Cuộc diễn tập do {|Đại tá }Lê Quang Huy điều hành. = name
Trên xe lúc ấy có cháu {T.H.N.|N.T.H.} và mẹ. = name
Trên xe lúc ấy có cháu {T.H.N|T.N.H} và mẹ. = name
Bà {A. kiện ông B.|B. kiện ông A.} ra tòa. = name
Hồ sơ nằm ở {Viện kiểm sát|Thanh tra} tỉnh từ lâu. = name
"""
WORDS = """
Thợ {ddang|đang} lợp lại mái tôn. = spelling
Tấm biển bị {đđổ|đổ} sau trận gió. = spelling
Cơn lũ cuốn {ddi|đi} hai nhịp cầu. = spelling
Xe {maý|máy} nối đuôi nhau qua cầu. = spelling
Xã {thôg|thông} báo lịch cắt điện. = spelling
Bọn trộm đã {khhóa|khóa} cổng sau. = spelling
Thợ {chhưa|chưa} dựng xong cột cờ. = spelling
Lớp {tập huấn|tập-huấn} dành cho thợ trẻ. = spelling
Đoàn {kiểm tra, rà soát|rà soát, kiểm tra} sổ sách. = wording
Chị {bán|bàn} chuyện với hàng xóm. = wording
"""


def test_a_number_between_other_words_is_still_one() -> None:
    old, new = (article(*BACKGROUND, f"Vụ án có {many} bị hại.") for many in ("hơn hai trăm", "gần ba trăm"))
    assert compare(old, new).kinds == ("number", "wording")


def test_a_death_beside_another_name_is_more_than_a_name() -> None:
    old, new = (article(*BACKGROUND, f"Sau tai nạn, ông {end}.") for end in ("Bình đã chết", "Nam còn sống"))
    assert compare(old, new).kinds == ("name", "wording")


@pytest.mark.parametrize(
    "line", [line for text in (NUMBERS, UNITS, DATES, DENIALS, NAMES, WORDS) for line in text.strip().splitlines()]
)
def test_an_edit_has_the_kind_that_a_reader_would_name(line: str) -> None:
    text, _, kind = line.partition(" = ")
    old, new = (" ".join(CHOICE.sub(side, text).split()) for side in (r"\1", r"\2"))
    there, back = (
        compare(article(*BACKGROUND, one), article(*BACKGROUND, two)) for one, two in ((old, new), (new, old))
    )
    assert [there.kinds, back.kinds] == [(kind,), (kind,)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Khu rừng rộng {3 ha|3 sào} ở đây.", "A number was changed: 3 ha became 3 sào."),
        ("Vé giá {200 USD|200 EUR} một lượt.", "A number was changed: 200 USD became 200 EUR."),
        ("Chợ mở lúc {7 giờ sáng|7 giờ tối} mỗi ngày.", "A number was changed: 7 giờ sáng became 7 giờ tối."),
        ("Có {hơn 100|gần 100} người xem.", "A number was changed: hơn 100 became gần 100."),
        ("Chợ mở lại sau {năm tháng nữa|ba tháng} theo kế hoạch.", "A number was changed: năm became ba."),
        ("Chợ {|chưa }mở cửa {sau|trước} Tết này.", "A negation was added or dropped: chưa was added."),
        ("Chợ {7|8} quầy chưa mở {sau|trước} Tết {5|6} ngày.", "A number was changed."),
    ],
)
def test_a_reason_names_the_number_or_the_negation_also_beside_other_words(text: str, reason: str) -> None:
    old, new = (article(*BACKGROUND, CHOICE.sub(side, text)) for side in (r"\1", r"\2"))
    assert compare(old, new).reasons[0] == reason
