"""Vietnamese words of several syllables, so that a word diff shows them whole. For show only: kinds do not ask it.

A word is known from a list of what news writes most, or from the article itself: two syllables that stand side by
side more than once, and mostly so wherever either stands, are one word there. A dictionary would know more; those
that are kept and free to use come with a segmenter of a hundred times the size of this program.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from storage.comparison.hunks import Hunk
from storage.comparison.textkey import text_key
from storage.comparison.tokens import tokens

Pair = tuple[str, str]  # two syllables in a row, in lower case

_MOSTLY = 0.6  # share of the places of a syllable at which the other one stands beside it
_MOST_SYLLABLES = 3  # that one end of a change may grow by: hợp tác xã, chủ nghĩa xã hội

_COMMON = """
an ninh, an toàn, áp dụng, báo cáo, báo chí, bảo đảm, bảo hiểm, bảo vệ, bất động sản, bệnh nhân, bệnh viện, bị cáo,
bị can, biên giới, biện pháp, biến động, bộ trưởng, bổ nhiệm, bổ sung, cán bộ, cảnh báo, cảnh sát, cao tốc, cấp cứu,
chất lượng, chế biến, chi phí, chỉ đạo, chiến dịch, chiến lược, chiến tranh, chính phủ, chính quyền, chính sách,
chính trị, chủ đầu tư, chủ tịch, chủ trương, chuyên gia, chứng khoán, chương trình, công an, công bố, công nghệ,
công nghiệp, công nhân, công trình, công ty, cộng đồng, cơ quan, cơ sở, cử tri, cứu hộ, dân cư, dân số, dầu khí, dịch
bệnh, dịch vụ, doanh nghiệp, doanh thu, du khách, du lịch, dự án, dự báo, dự kiến, đại biểu, đại học, đại sứ, đảm bảo,
đàm phán, đất đai, đấu giá, đấu thầu, đầu tư, đề nghị, đề xuất, địa phương, điều hành, điều kiện, điều tra, điều trị,
đình chỉ, đoàn kết, đô thị, đối tác, đội tuyển, đồng bằng, đời sống, đường bộ, đường sắt, gia đình, giá trị, giải
pháp, giải quyết, giảm nghèo, giám đốc, giám sát, giao dịch, giao thông, giáo dục, giáo viên, giấy phép, hải quan,
hành chính, hành khách, hàng hóa, hàng không, hiện trường, hiệp định, hiệu quả, hiệu trưởng, hình sự, hòa bình, hoạt
động, học phí, học sinh, hỗ trợ, hội đồng, hội nghị, hợp đồng, hợp tác, hợp tác xã, huấn luyện viên, kế hoạch, kết
luận, kết quả, khách hàng, khách sạn, khai thác, khám xét, kháng cáo, khẩn cấp, khiếu nại, khoa học, khởi công, khởi
tố, khu vực, kiểm soát, kiểm tra, kiến nghị, kinh doanh, kinh phí, kinh tế, lãi suất, lãnh đạo, lao động, lạm phát,
lễ hội, liên quan, lợi nhuận, luật sư, lực lượng, môi trường, nạn nhân, năng lượng, năng suất, ngân hàng, ngân sách,
nghi phạm, nghị định, nghị quyết, nghị viện, nghiên cứu, ngoại giao, ngoại hối, nguyên nhân, người dân, nhà nước, nhà
trường, nhân dân, nhân viên, nhập khẩu, nhu cầu, nông dân, nông nghiệp, ô nhiễm, phát biểu, phát hiện, phát triển,
phân bổ, phê duyệt, phiên tòa, phó chủ tịch, phong trào, phòng chống, phụ huynh, phụ nữ, phương án, phương tiện, quan
hệ, quản lý, quân đội, quân sự, quốc gia, quốc hội, quốc phòng, quốc tế, quy định, quy hoạch, quyết định, sản lượng,
sản phẩm, sản xuất, sân bay, sinh viên, số liệu, sự cố, sự kiện, tài chính, tài khoản, tài nguyên, tài sản, tạm giam,
tạm giữ, tăng trưởng, tập đoàn, thanh niên, thanh toán, thanh tra, thành phố, thảo luận, thẩm phán, thẩm quyền, thế
giới, thi công, thị trường, thiên tai, thiệt hại, thiết bị, thông báo, thông tin, thống kê, thu hồi, thu nhập, thủ
tục, thủ tướng, thuế quan, thực hiện, thực phẩm, thương mại, thường trực, tiền lương, tiêu chuẩn, tiêu dùng, tình
hình, tình trạng, tòa án, tội phạm, tổ chức, tổng thống, trách nhiệm, triển khai, trung tâm, trung ương, truyền hình,
truyền thông, trường học, tuyển sinh, tử vong, ủy ban, văn bản, văn hóa, vận động viên, vận hành, vận tải, vật liệu,
vi phạm, viện trợ, việc làm, xã hội, xây dựng, xe buýt, xe máy, xét xử, xuất khẩu, xử lý, xử phạt, ý kiến, y tế
"""


def compounds(texts: Iterable[str]) -> frozenset[Pair]:
    """The pairs of syllables that are one word, or a part of one, in the texts of an article."""
    alone: Counter[str] = Counter()
    paired: Counter[Pair] = Counter()
    for text in texts:
        words = tokens(text)
        keys = list(map(_key, words))
        alone.update(keys)
        paired.update(pair for at, pair in enumerate(pairwise(keys)) if all(pair) and words[at][-1:] == " ")
    recurring = {
        pair for pair, times in paired.items() if times > 1 and times >= _MOSTLY * max(alone[pair[0]], alone[pair[1]])
    }
    return _common() | recurring


@cache
def _common() -> frozenset[Pair]:
    return frozenset(pair for word in _COMMON.split(",") for pair in pairwise(map(_key, word.split())))


def _key(word: str) -> str:
    """A syllable in lower case; empty for a mark, a number or the like."""
    key = text_key(word).casefold()
    return key if key.isalpha() else ""


def whole(hunks: Iterable[Hunk], pairs: frozenset[Pair]) -> tuple[Hunk, ...]:
    """The hunks of a word diff with changes grown to the ends of the words that they begin or end in."""
    done: list[Hunk] = []
    left = list(hunks)[::-1]
    while left:
        hunk = left.pop()
        if not hunk.equal:
            hunk = _grown(done, hunk, left, pairs)
        if done and done[-1].equal == hunk.equal:
            hunk = joined(done.pop(), hunk, equal=hunk.equal)
        if hunk.old or hunk.new:
            done.append(hunk)
    return tuple(done)


def _grown(done: list[Hunk], hunk: Hunk, left: list[Hunk], pairs: frozenset[Pair]) -> Hunk:
    """A change with what it takes from the end of `done` and of `left`, where its neighbours stand."""
    if done and done[-1].equal and (size := _syllables(done[-1], hunk, pairs, before=True)):
        kept, taken = split(done.pop(), -size)
        done += [kept] if kept.old or kept.new else []
        hunk = joined(taken, hunk, equal=False)
    if left and left[-1].equal and (size := _syllables(left[-1], hunk, pairs, before=False)):
        taken, kept = split(left.pop(), size)
        left += [kept] if kept.old or kept.new else []
        hunk = joined(hunk, taken, equal=False)
    return hunk


def _syllables(beside: Hunk, hunk: Hunk, pairs: frozenset[Pair], *, before: bool) -> int:
    """How many words of the equal hunk beside a change belong to a word that the change begins or ends in."""
    step = -1 if before else 1
    near = tokens(beside.new)[::step][:_MOST_SYLLABLES]
    edges = [tokens(text)[::-step][:1] for text in (hunk.old, hunk.new)]
    size = 0
    while size < len(near) and any(_is_pair(near[size], edge[0], pairs, before=before) for edge in edges if edge):
        edges = [[near[size]]]
        size += 1
    return size


def _is_pair(beside: str, edge: str, pairs: frozenset[Pair], *, before: bool) -> bool:
    first, second = (beside, edge) if before else (edge, beside)
    return first[-1:].isspace() and (_key(first), _key(second)) in pairs


def split(hunk: Hunk, size: int) -> tuple[Hunk, Hunk]:
    """An equal hunk cut behind so many words of both sides."""
    sides = [tokens(text) for text in (hunk.old, hunk.new)]
    first, second = (
        ["".join(part) for part in parts]
        for parts in zip(*((words[:size], words[size:]) for words in sides), strict=True)
    )
    return Hunk(True, *first), Hunk(True, *second)


def joined(first: Hunk, second: Hunk, *, equal: bool) -> Hunk:
    return Hunk(equal, first.old + second.old, first.new + second.new)
