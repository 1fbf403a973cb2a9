"""Each procedure of the demo, from the citizen over every desk back to the citizen."""

from dataclasses import dataclass

import pytest

from .citizens import Request, file_online, rate, reads_outcomes
from .officers import carry_through, hand_out, receive
from .people import People

PDF = "application/pdf"
DEPARTMENT = "Sở Xây dựng tỉnh Điện Biên"
CHILD = {"subject_name": "Lò Minh Anh"}
COMPANY = {"organisation_kind": "enterprise"}


@dataclass(frozen=True, slots=True)
class Journey:
    """Who files what, who has it in hand then, and how many outcomes the citizen can open."""

    request: Request
    hands: str
    outcomes: int = 1
    who: str = "lan@dienbien.example"
    desk: str = "binh"


JOURNEYS = (
    Journey(
        Request("1.001193", "co-so-y-te", {"so_ban_sao": 2}, authority="guardian", people=CHILD),
        "hanh lan hoa",
        outcomes=2,
    ),
    Journey(Request("1.000656", "qua-han", people={"subject_name": "Lò Văn Inh"}), "hanh hoa"),
    Journey(Request("1.004873", "cap-lan-dau"), "hanh minh hoa"),
    Journey(Request("2.000635", "thuong"), "hanh hoa"),
    Journey(Request("1.001612", "ca-nhan"), "thang huong", who="khanh@dienbien.example"),
    Journey(
        Request("1.013225", "nha-o", {"hanh_lang": True}),  # the stamped drawing is on paper only
        "thang thang thang huong hoa",
    ),
    Journey(Request("1.013978", "cap-giay"), "thang thang thang thang thang huong hoa", outcomes=2),
    Journey(Request("1.008004", "thuong"), "thang hoa"),
    Journey(Request("1.001776", "dieu-chinh"), "nga phuong hoa"),
    Journey(
        Request("2.002288", "cap-moi", authority="staff", people=COMPANY, agency=DEPARTMENT),
        "long oanh",
        who="khanh@dienbien.example",
        desk="yen",
        outcomes=0,  # badges are on paper only
    ),
)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda one: one.request.code)
@pytest.mark.usefixtures("seen")
def test_a_dossier_goes_over_every_desk_and_comes_back(journey: Journey, people: People) -> None:
    # given a citizen, who has filed
    code = file_online(people(journey.who), journey.request)

    # when everybody does their part
    receive(people(journey.desk), code)
    hands = carry_through(people, code)
    hand_out(people(journey.desk), code)

    # then the citizen has the outcome, and says how it was
    citizen = people(journey.who)
    assert hands == journey.hands.split()
    assert reads_outcomes(citizen, code) == [PDF] * journey.outcomes
    rate(citizen, code)
    citizen.reads("Đã trả kết quả")
