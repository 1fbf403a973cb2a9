"""What other systems call the columns we know; compared without tones, blanks and strokes."""

from collections.abc import Mapping, Sequence

from motcua.casework.dossiers.api import Status
from motcua.casework.migration.choices import Field
from motcua.lib.text import fold

from .tables import plain_name

_WORDS: Mapping[Field, str] = {
    Field.REF: "id, khoa, hosoid, idhoso, uuid, recordid",
    Field.CODE: "mahoso, mahs, sohoso, sobiennhan, mabiennhan, code, dossiercode, "
    "mahosotthc, masohoso",
    Field.PROCEDURE: "mathutuc, matthc, tthc, thutuc, tenthutuc, mathutuchanhchinh, procedurecode, "
    "tenthutuchanhchinh, thutuchanhchinh",
    Field.AGENCY: "coquan, macoquan, coquangiaiquyet, madonvi, donvi, agency, agencycode, "
    "tencoquan, donvigiaiquyet, coquanthuchien",
    Field.UNIT: "phongban, donvixuly, donvithuly, phongxuly, bophan, unit, phongbanxuly",
    Field.CHANNEL: "kenhnop, hinhthucnop, hinhthuctiepnhan, kenh, channel, nguon, kenhtiepnhan",
    Field.STATUS: "trangthai, tinhtrang, trangthaihoso, status, tinhtranghoso",
    Field.STEP: "buoc, buochientai, buocxuly, step, congviechientai",
    Field.APPLICANT: "chuhoso, tenchuhoso, hoten, hovaten, nguoinophoso, nguoiyeucau, applicant, "
    "tochuccanhan, tencongdan, hotenchuhoso, applicantname",
    Field.APPLICANT_KIND: "loaidoituong, doituong, loaichuhoso, applicantkind",
    Field.IDENTITY: "cccd, cmnd, socccd, socmnd, cccdcmnd, sodinhdanh, sogiayto, sodinhdanhcanhan, "
    "identity, cmndcccd, socmndcccd, socccdcmnd, personalid",
    Field.BORN: "ngaysinh, namsinh, birthday, dateofbirth",
    Field.SUBMITTER: "nguoinop, tennguoinop, hotennguoinop, submitter",
    Field.PHONE: "dienthoai, sodienthoai, sdt, phone, didong, sodt",
    Field.EMAIL: "email, thudientu, diachiemail",
    Field.ADDRESS: "diachi, noio, diachithuongtru, address, diachilienhe",
    Field.COMMUNE: "xa, phuong, xaphuong, maxa, tenxa, phuongxa, commune, xaphuongthitran",
    Field.SUMMARY: "trichyeu, noidung, noidunghoso, tenhoso, summary, veviec",
    Field.SUBMITTED: "ngaynop, thoigiannop, ngaynophoso, submittedat, ngaygui",
    Field.RECEIVED: "ngaytiepnhan, ngaynhan, thoigiantiepnhan, receivedat, ngaynhanhoso",
    Field.DUE_FIRST: "hentralandau, ngayhentralandau, ngayhentrabandau",
    Field.DUE: "ngayhentra, hentra, hanxuly, hangiaiquyet, thoigianhentra, dueat, "
    "ngayhentraketqua, hantra",
    Field.ASKED: "ngayyeucaubosung, ngaybosung, yeucaubosungluc",
    Field.ASKED_FOR: "noidungbosung, lydobosung, noidungyeucaubosung",
    Field.FINISHED: "ngayxong, ngayhoanthanh, ngayketthuc, ngaycoketqua, ngayketthucxuly, "
    "finishedat, ngayxulyxong, thoigianketthuc",
    Field.RETURNED: "ngaytra, ngaytraketqua, thoigiantra, returnedat, ngaytrathucte",
    Field.ENDED: "ngayrut, ngaydung, ngaytuchoi, ngayhuy",
    Field.RECEIVER: "nguoitiepnhan, canbotiepnhan, nguoinhan, receiver",
    Field.HANDLER: "nguoixuly, canboxuly, canbothuly, nguoithuly, handler, congchucxuly",
    Field.FEE: "lephi, phi, philephi, tongphi, sotien, fee, lephidathu",
    Field.OUTCOME: "ketqua, tenketqua, ketquagiaiquyet, result",
    Field.OUTCOME_NUMBER: "soketqua, sokyhieuketqua, sokyhieu, sogiayphep, sovanban, resultnumber",
    Field.OUTCOME_SIGNER: "nguoiky, nguoikyketqua, signer",
    Field.OUTCOME_FILE: "tepketqua, fileketqua, vanbanketqua, resultfile",
    Field.FILES: "teptin, tep, tepdinhkem, filedinhkem, dinhkem, files, attachments, thanhphanhoso",
    Field.NOTE: "ghichu, note, ykien",
}
NAMES: Mapping[str, Field] = {
    plain_name(word): field for field, words in _WORDS.items() for word in words.split(",")
}
KNOWN = frozenset(NAMES)
_STATUS_WORDS: Mapping[Status, str] = {
    Status.SUBMITTED: "mới đăng ký, chờ tiếp nhận, mới nộp, chưa tiếp nhận",
    Status.RECEIVED: "được tiếp nhận, đã tiếp nhận, tiếp nhận, mới tiếp nhận",
    Status.REFUSED: "không được tiếp nhận, từ chối tiếp nhận, từ chối, không tiếp nhận",
    Status.PROCESSING: "đang xử lý, đang giải quyết, đang thụ lý, đang thực hiện, chờ phê duyệt",
    Status.AWAITING_APPLICANT: "yêu cầu bổ sung giấy tờ, chờ bổ sung, yêu cầu bổ sung, "
    "bổ sung hồ sơ",
    Status.AWAITING_PAYMENT: "yêu cầu thực hiện nghĩa vụ tài chính, chờ nộp phí, chờ thanh toán",
    Status.WITHDRAWN: "công dân yêu cầu rút hồ sơ, đã rút, rút hồ sơ, công dân rút",
    Status.STOPPED: "dừng xử lý, dừng giải quyết, đã hủy, trả lại hồ sơ",
    Status.RESOLVED: "đã xử lý xong, có kết quả, chờ trả kết quả, đã có kết quả, đã xong",
    Status.RETURNED: "đã trả kết quả, đã trả, hoàn thành, đã hoàn thành, kết thúc",
}
STATUS_WORDS: Mapping[str, Status] = {
    fold(word.strip()): status
    for status, words in _STATUS_WORDS.items()
    for word in words.split(",")
} | {str(status.national): status for status in Status}
CHANNEL_WORDS: Mapping[str, str] = {
    fold(word): channel
    for channel, words in {
        "counter": ("trực tiếp", "tại quầy", "một cửa", "counter", "1"),
        "portal": ("trực tuyến", "qua mạng", "online", "cổng dịch vụ công", "dvctt", "2"),
        "post": ("bưu chính", "bưu điện", "bưu chính công ích", "bcci", "3"),
    }.items()
    for word in words
}


def propose(headings: Sequence[str]) -> dict[Field, str]:
    """Return which heading stands for which field, the first of several that fit."""
    found: dict[Field, str] = {}
    for heading in headings:
        field = NAMES.get(plain_name(heading))
        if field is not None and field not in found:
            found[field] = heading
    return found
