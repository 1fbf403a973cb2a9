"""Whose certificate it is: agreement, disagreement, or not to be compared, with the reason."""

from dataclasses import replace
from typing import Any, cast

import pytest

from motcua.casework.dossiers.api import Holder, PartyRole
from motcua.channels.kit.owners import owner_of
from motcua.foundation.signing.api import Indication, SignatureShown, Verdict
from motcua.foundation.trust.tests.make import MONDAY

LAN, OTHERS, TAX, OLD = "personal_id:a1", "personal_id:b2", "tax_code:c3", "old_id_card:d4"
APPLICANT = Holder(PartyRole.APPLICANT, "Lò Thị Lan", frozenset({LAN}))
SUBMITTER = Holder(PartyRole.SUBMITTER, "Lò Văn Sơn")
COMPANY = Holder(PartyRole.APPLICANT, "Công ty Mường Thanh", frozenset({TAX}))


def signature(*marks: str, signer: str = "Lò Thị Lan") -> SignatureShown:
    names = "field_name role organisation issuer serial certificate_sha256 then now"
    words: dict[str, Any] = dict.fromkeys(f"{names} proven_by level algorithm covers".split(), "")
    return SignatureShown(
        **words,
        signer=signer,
        valid_from=MONDAY,
        valid_to=MONDAY,
        claimed_at=None,
        proven_at=None,
        changes=(),
        warnings=(),
        trust=cast("Any", None),
        verdict=Verdict(Indication.PASSED, "", ""),
        holder=marks,
    )


@pytest.mark.parametrize(
    ("one", "holders", "word", "reason"),
    [
        (signature(LAN), [APPLICANT], "Đúng người", "Số định danh trên chứng thư trùng chủ hồ sơ."),
        (
            signature(LAN, signer="LO THI LAN"),
            [APPLICANT],
            "Đúng người",
            "trùng chủ hồ sơ. Tên ghi khác với hồ sơ; hãy xem lại cách viết tên.",
        ),
        (
            signature(TAX, signer="Công ty Mường Thanh"),
            [COMPANY, SUBMITTER],
            "Đúng người",
            "Mã số thuế trên chứng thư trùng chủ hồ sơ.",
        ),
        (
            signature(OTHERS),
            [APPLICANT],
            "Chứng thư của người khác",
            "Số định danh trên chứng thư khác chủ hồ sơ. Chỉ trùng tên.",
        ),
        (
            signature(OTHERS, signer="Cà Văn Dũng"),
            [APPLICANT, SUBMITTER],
            "Chứng thư của người khác",
            "Số định danh trên chứng thư khác chủ hồ sơ.",
        ),
        (
            signature(OTHERS, signer="Lò Văn Sơn"),
            [APPLICANT, SUBMITTER],
            "Không so được",
            "cùng loại của người ấy. Tên trên chứng thư trùng người nộp.",
        ),
        (signature(OLD), [APPLICANT], "Không so được", "số giấy tờ cùng loại"),
        (signature(TAX), [APPLICANT], "Không so được", "Hồ sơ không có mã số thuế của tổ chức."),
        (
            signature(),
            [APPLICANT],
            "Không so được",
            "Chứng thư không ghi số định danh, mã số thuế. Tên trên chứng thư trùng chủ hồ sơ.",
        ),
        (replace(signature(), holder=None), [APPLICANT], "Không so được", "sắp được kiểm tra lại"),
        (
            signature(signer="Cà Văn Dũng"),
            [APPLICANT],
            "Không so được",
            "không trùng người nộp, chủ hồ sơ; hãy kiểm tra ai ký.",
        ),
    ],
)
def test_a_certificate_is_compared_by_number_and_then_by_name(
    one: SignatureShown, holders: list[Holder], word: str, reason: str
) -> None:
    shown = owner_of(one, holders)

    assert str(shown.word) == word
    assert reason in str(shown.reason)
