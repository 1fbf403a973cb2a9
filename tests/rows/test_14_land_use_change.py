"""Row 14: the decision is handed out first, then the tax body's dues, then the certificate."""

from .acts import LAN, Request, act, do_step, file_online, finish, hand_out, receive, take
from .hall import Hall, dossier, due, open_steps, step_named, whole
from .land_dues import note_dues, prove_dues

LAND = "1.013949"


def decided(hall: Hall) -> str:
    """Let a dossier come as far as its decision; return its code."""
    code = file_online(hall(LAN), Request(LAND))
    receive(hall("binh"), code)
    for _ in range(3):
        do_step(hall, code, open_steps(code)[0])
    return code


def test_the_decision_is_handed_out_while_the_dues_are_still_to_come(hall: Hall) -> None:
    code = decided(hall)
    assert [(one.spec_code, bool(one.decided_at)) for one in whole(code).outcomes] == [
        ("quyet-dinh", True)
    ]

    desk = hall("binh").go(f"/mot-cua/ho-so/{code}/")
    there = f"/mot-cua/ho-so/{code}/tra/"
    assert there in desk.links("Trả kết quả")
    desk.go(there).reads("chỉ trao kết quả đã ký")
    desk.press("Trao kết quả đã ký", {"checked": "card"})

    assert dossier(code).status == "processing"
    assert whole(code).outcomes[0].handed_to == "Lò Thị Lan"
    hall("binh").go(f"/mot-cua/ho-so/{code}/tra/").does_not_read("Cách đã kiểm tra")


def test_the_slip_goes_to_the_tax_body_before_the_step_may_end(hall: Hall) -> None:
    code = decided(hall)
    step = step_named(code, "thue")
    nga = hall.doer(step)
    take(nga, code, step)
    assert (dossier(code).pause_ground, dossier(code).sub_state) == ("tax_authority", "outside")

    said = {"comment": "Đã có thông báo thuế"}
    act(nga, code, "hoan-thanh", said, step=step, refused=True).reads("Hãy lập phiếu chuyển")
    act(nga, code, "phieu-chuyen", step=step)

    slip = whole(code).latest_issued("19")
    assert slip is not None
    assert slip.number == "01/PCTT"
    assert "Mục đích sau khi chuyển" in slip.data["blocks"][1]["lines"][3]
    pdf = nga.fetch(f"/xu-ly/ho-so/{code}/mau/19/{slip.seq}/")
    assert pdf.startswith(b"%PDF")
    finish(nga, code, step, said)


def test_the_certificate_follows_the_proof_of_payment(hall: Hall) -> None:
    code = decided(hall)
    step = step_named(code, "thue")
    nga = hall.doer(step)
    act(nga, code, "phieu-chuyen", step=step)
    finish(nga, code, step)
    promised = due(code)
    note_dues(nga, code)
    assert (dossier(code).status, dossier(code).pause_ground) == ("awaiting_payment", "payment")
    hall.set("16/03/2026 10:00")

    prove_dues(hall.doer(step_named(code, "nop-tien")), code)

    assert (dossier(code).status, [one.code for one in open_steps(code)]) == (
        "processing",
        ["lap-giay"],
    )
    assert due(code) != promised
    for _ in range(2):
        do_step(hall, code, open_steps(code)[0])
    hand_out(hall("binh"), code)
    shown = [(one.spec_code, bool(one.handed_at)) for one in whole(code).outcomes]
    assert shown == [("quyet-dinh", True), ("gcn", True)]
    assert [one.spec_code for one in whole(code).papers if one.state == "withdrawn"] == ["gcn-goc"]


def test_a_refused_change_opens_nothing_further(hall: Hall) -> None:
    code = file_online(hall(LAN), Request(LAND))
    receive(hall("binh"), code)
    step = open_steps(code)[0]
    refusal = {"kind": "refused", "reason": "Không phù hợp quy hoạch sử dụng đất"}
    finish(hall.doer(step), code, step, refusal)
    for _ in range(2):
        do_step(hall, code, open_steps(code)[0])

    assert (dossier(code).status, list(open_steps(code))) == ("resolved", [])
