"""What is asked of the mailbox of an agency's registry."""

from motcua.casework.mailboxes.api import BoxKind
from motcua.channels.kit.fields import (
    KitForm,
    NumberField,
    RadioField,
    SecretField,
    TextField,
    TickField,
)


class MailboxForm(KitForm):
    """Where the mailbox is; the word is never shown again, and stays where none is typed."""

    address = TextField(label="Địa chỉ thư của văn thư", max_length=254)
    kind = RadioField(label="Đọc bằng", choices=BoxKind.choices)
    host = TextField(label="Máy chủ IMAP", required=False, max_length=253)
    port = NumberField(label="Cổng", required=False, min_value=1, max_value=65_535, initial=993)
    user = TextField(label="Tên đăng nhập", required=False, max_length=254)
    secret = SecretField(label="Mật khẩu", required=False)
    folder = TextField(label="Ngăn thư", required=False, max_length=100, initial="INBOX")
    trusted = TextField(
        label="Máy chủ được tin khi xác minh người gửi",
        required=False,
        max_length=253,
        help_text="Tên đứng đầu dòng Authentication-Results do máy chủ thư của cơ quan ghi; để "
        "trống thì mọi thư đều hiện “chưa xác minh”.",
    )
    is_on = TickField(label="Đọc hộp thư này", required=False)
