"""Forms about whom we believe, whose certificates there are, and how signing looks."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from motcua.channels.kit.fields import (
    KitForm,
    NumberField,
    RadioField,
    SelectField,
    TextField,
    UploadField,
)
from motcua.foundation.organisation import api as organisation
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import CertificateState, HolderKind, ImageKind, Purpose, Way

from .organisation import CODE, NOTHING, basis, first_day

CERTIFICATES = ".cer,.crt,.pem,.der,.p7b,.p7c"
NO_AGENCY = "Không có cơ quan nào đang hoạt động mang mã này."
_MM = {"suffix": "mm"}
_MOST_BYTES = 1_000_000
_MOST_PICTURE = 3_000_000
_MOST_KEY = 100_000


def reason(help_text: str = "") -> TextField:
    return TextField(label="Lý do", max_length=500, help_text=help_text)


def bytes_of(form: KitForm, name: str = "file") -> bytes:
    """Return the content of the one file that was chosen."""
    content: bytes = form.cleaned_data[name][0].read()
    return content


class AnchorForm(KitForm):
    """A root certificate to bring in."""

    file = UploadField(
        label="Tệp chứng thư gốc",
        accept=CERTIFICATES,
        max_bytes=_MOST_BYTES,
        help_text="Tệp .cer, .crt, .pem hoặc .p7b lấy từ trang của tổ chức chứng thực.",
    )
    purpose = SelectField(label="Dùng cho")
    basis = basis()

    def __init__(self, *args: Any, purposes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [NOTHING, *purposes]  # type: ignore[attr-defined]  # -- a select field has choices


def purposes_here(*, is_demo: bool) -> list[tuple[str, str]]:
    """Return what an anchor can be for: the demo's only where papers do not count."""
    return [(one.value, one.label) for one in Purpose if is_demo or one != Purpose.DEMO]


class ApproveForm(KitForm):
    """The second person types the end of the fingerprint from another source."""

    typed = TextField(
        label="Tám ký tự cuối của dấu vân tay",
        max_length=20,
        help_text="Gõ theo bản công bố của tổ chức chứng thực, không chép từ trang này.",
        look={"width": "10", "autocomplete": "off", "attrs": {"spellcheck": "false"}},
    )


class ReasonForm(KitForm):
    """Why something ends."""

    reason = reason()


class HolderForm(KitForm):
    """Somebody or an agency, by code."""

    holder = TextField(
        label="Mã cán bộ hoặc mã cơ quan",
        max_length=60,
        help_text="Cán bộ: mã ở trang Cán bộ. Con dấu: mã định danh cơ quan.",
        look=CODE,
    )

    def officer_id(self) -> int:
        """Return the officer who was named. Raises: ValidationError."""
        found = organisation.find_officer(self.cleaned_data["holder"])
        if found is None:
            raise ValidationError("Không có cán bộ nào mang mã này.", code="invalid")
        return found.pk

    def agency_id(self) -> int:
        """Return the living agency that was named. Raises: ValidationError."""
        found = organisation.tree().agency_by_code(self.cleaned_data["holder"])
        if found is None:
            raise ValidationError(NO_AGENCY, code="invalid")
        return found.id


class CertificateForm(HolderForm):
    """A certificate to register, whose it is and where its key lies."""

    file = UploadField(
        label="Tệp chứng thư",
        accept=CERTIFICATES,
        max_bytes=_MOST_BYTES,
        help_text="Chỉ chứng thư (.cer, .crt, .pem); không bao giờ gửi tệp có khóa bí mật.",
    )
    kind = RadioField(
        label="Của ai",
        choices=[
            (HolderKind.OFFICER, "Cán bộ, công chức"),
            (HolderKind.AGENCY, "Cơ quan (con dấu)"),
            (HolderKind.AUTHORITY, "Tổ chức chứng thực trung gian"),
        ],
    )
    way = SelectField(label="Khóa ở đâu", choices=[(one.value, one.label) for one in Way])
    service_code = TextField(
        label="Nơi giữ khóa",
        required=False,
        max_length=40,
        help_text="“csc:” và mã dịch vụ ký số từ xa, hoặc “hsm” cho thiết bị của máy chủ.",
        look=CODE,
    )
    key_ref = TextField(
        label="Tên khóa ở nơi đó",
        required=False,
        max_length=200,
        help_text="Mã chứng thư ở dịch vụ, hoặc “nhãn thiết bị/nhãn khóa”; không phải PIN.",
        look={"width": "20", "attrs": {"spellcheck": "false"}},
    )
    field_order = ("file", "kind", "holder", "way", "service_code", "key_ref")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].required = False
        self.fields["way"].required = False

    def clean(self) -> None:
        """Find whose it is, and see that a key on the server is named."""
        super().clean()
        values = self.cleaned_data
        kind, way = values.get("kind"), values.get("way")
        if kind and kind != HolderKind.AUTHORITY:
            self._find(kind)
        if way in (Way.SERVER, Way.REMOTE):
            for name in ("service_code", "key_ref"):
                if not values.get(name):
                    self.add_error(name, "Khóa ở máy chủ hoặc ký từ xa thì phải ghi mục này.")

    def _find(self, kind: str) -> None:
        try:
            whose = self.officer_id() if kind == HolderKind.OFFICER else self.agency_id()
        except ValidationError as error:
            self.add_error("holder", error)
        else:
            self.cleaned_data["whose"] = whose

    def given(self) -> trust.CertificateIn:
        """Return what was entered."""
        values = self.cleaned_data
        kind = HolderKind(values["kind"])
        return trust.CertificateIn(
            bytes_of(self),
            kind,
            officer_id=values["whose"] if kind == HolderKind.OFFICER else None,
            agency_id=values["whose"] if kind == HolderKind.AGENCY else None,
            way=Way.NONE if kind == HolderKind.AUTHORITY else Way(values.get("way") or Way.NONE),
            service_code=values["service_code"],
            key_ref=values["key_ref"],
        )


class FindCertificates(KitForm):
    """Which certificates are looked for."""

    q = TextField(label="Tên, nơi cấp, số", required=False, max_length=80)
    state = SelectField(
        label="Tình trạng",
        required=False,
        choices=[("", "Mọi tình trạng"), *CertificateState.choices],
    )
    kind = SelectField(
        label="Của ai", required=False, choices=[("", "Tất cả"), *HolderKind.choices]
    )
    days = SelectField(
        label="Hết hạn",
        required=False,
        choices=[
            ("", "Bất kỳ lúc nào"),
            ("0", "Đã hết hạn"),
            ("7", "Trong 7 ngày"),
            ("30", "Trong 30 ngày"),
            ("60", "Trong 60 ngày"),
        ],
    )

    def ask(self) -> trust.InventoryAsk:
        """Return what is looked for; an odd word asks for nothing."""
        values = self.cleaned_data if self.is_valid() else {}
        days = values.get("days", "")
        return trust.InventoryAsk(
            text=values.get("q", ""),
            state=values.get("state", ""),
            holder_kind=values.get("kind", ""),
            within_days=int(days) if days else None,
        )


class ImageForm(HolderForm):
    """A picture of a handwriting or a seal."""

    kind = RadioField(
        label="Loại",
        choices=ImageKind.choices,
        hints={
            ImageKind.HANDWRITING: "Nét xanh, nền trong suốt.",
            ImageKind.SEAL: "Nét đỏ, nền trong suốt, đúng cỡ con dấu thật.",
        },
    )
    file = UploadField(
        label="Tệp ảnh",
        accept="image/png",
        max_bytes=_MOST_PICTURE,
        help_text="PNG có nền trong suốt, ít nhất 200 điểm mỗi inch ở cỡ thật.",
    )
    width_mm = NumberField(
        label="Rộng trên giấy", min_value=1, max_value=200, look={"suffix": "mm"}
    )
    height_mm = NumberField(
        label="Cao trên giấy", min_value=1, max_value=200, look={"suffix": "mm"}
    )
    valid_from = first_day("Dùng từ ngày")
    field_order = ("kind", "holder", "file", "width_mm", "height_mm", "valid_from")

    def clean(self) -> None:
        """Find whose it is."""
        super().clean()
        values = self.cleaned_data
        if not values.get("kind") or not values.get("holder"):
            return
        is_seal = values["kind"] == ImageKind.SEAL
        try:
            values["whose"] = self.agency_id() if is_seal else self.officer_id()
        except ValidationError as error:
            self.add_error("holder", error)

    def given(self) -> trust.ImageIn:
        """Return what was entered."""
        values = self.cleaned_data
        is_seal = values["kind"] == ImageKind.SEAL
        return trust.ImageIn(
            ImageKind(values["kind"]),
            bytes_of(self),
            values["width_mm"],
            values["height_mm"],
            values["valid_from"],
            officer_id=None if is_seal else values["whose"],
            agency_id=values["whose"] if is_seal else None,
        )


class CountersignerForm(KitForm):
    """Another agency that signs the ledger's heads as a witness."""

    name = TextField(label="Tên cơ quan", max_length=120, look={"width": "20"})
    file = UploadField(
        label="Khóa công khai hoặc chứng thư",
        accept=".pem,.pub,.cer,.crt,.der",
        max_bytes=_MOST_KEY,
        help_text="Chỉ khóa công khai; khóa bí mật ở lại với cơ quan ấy.",
    )
