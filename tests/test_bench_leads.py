"""Which pages have a lead, and when it counts as lost."""

from lxml.html import document_fromstring

from bench.leads import LeadScore, score_lead
from bench.scoring import Gold, Predicted

LEAD = "Từ tháng sau, tuyến phà nối hai bờ sẽ chạy thêm tám chuyến mỗi ngày."
BODY = "Đại diện bến phà nói lượng khách tăng đều trong ba năm qua, nhất là cuối tuần."
GOLD = Gold(body=(LEAD, BODY))


def scored(html: str, *, text: str, lead: str | None = "", gold: Gold = GOLD) -> LeadScore:
    return score_lead(gold, Predicted(text=text, lead=lead), document_fromstring(html))


STATED = f"<meta name='description' content='{LEAD}'><p>{LEAD}</p><p>{BODY}</p>"
APART = f"<div class='sapo'>{LEAD}</div><p>{BODY}</p>"


def test_a_lead_that_the_description_states_is_lost_misplaced_or_neither() -> None:
    assert scored(STATED, text=BODY) == LeadScore(lost=True, misplaced=True)
    assert scored(STATED, text=f"{LEAD}\n{BODY}") == LeadScore(lost=False, misplaced=True)
    assert scored(STATED, text=f"{LEAD}\n{BODY}", lead=LEAD) == LeadScore(lost=False, misplaced=False)


def test_a_lead_that_is_written_apart_can_only_be_lost() -> None:
    assert scored(APART, text=BODY) == LeadScore(lost=True)
    assert scored(APART, text=f"{LEAD}\n{BODY}") == LeadScore(lost=False)


def test_a_reader_that_knows_no_leads_misplaces_none() -> None:
    assert scored(STATED, text=BODY, lead=None) == LeadScore(lost=True)


def test_a_first_paragraph_like_the_others_the_headline_or_a_few_words_are_no_lead() -> None:
    assert scored(f"<p>{LEAD}</p><p>{BODY}</p>", text=BODY) == LeadScore()
    assert scored(f"<h1>{LEAD}</h1><p>{BODY}</p>", text=BODY) == LeadScore()
    assert scored(APART, text=BODY, gold=Gold(body=("Phà thêm chuyến", BODY))) == LeadScore()
