"""The agent's own page: what is to be signed, and where the PIN is typed."""

from html import escape

from .jobs import Job

STYLE = """
body { font: 1.1rem/1.5 "Segoe UI", "Noto Sans", sans-serif; margin: 0 auto; max-width: 42rem;
  padding: 1rem; color: #0b0c0c; }
h1 { font-size: 1.5rem; line-height: 1.25; }
ol { max-height: 50vh; overflow: auto; }
label { display: block; font-weight: bold; }
input { font-size: 1.2rem; padding: .4rem; width: 12rem; border: 2px solid #0b0c0c; }
button { font-size: 1.1rem; padding: .5rem 1.2rem; margin: 1rem .5rem 0 0; border: 0;
  background: #00703c; color: #fff; cursor: pointer; }
button[value=no] { background: #e8e8e8; color: #0b0c0c; }
:focus-visible { outline: 3px solid #ffdd00; outline-offset: 2px; }
.wrong { border-left: .4rem solid #d4351c; color: #942514; font-weight: bold; padding-left: .8rem; }
.site { background: #f3f2f1; overflow-wrap: anywhere; padding: .5rem .8rem; }
"""


def ask_page(job: Job, site: str, wrong: str = "") -> str:
    """Return the page that asks the person."""
    rows = "".join(
        f'<li><a href="/xac-nhan/{job.id}/{place}.pdf" target="_blank">{escape(one.title)}</a></li>'
        for place, one in enumerate(job.documents)
    )
    told = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    return _page(
        f"Ký {len(job.documents)} văn bản?",
        f'<p class="site">Trang yêu cầu: <strong>{escape(site)}</strong></p>'
        f"<p>Bấm vào tên để xem đúng bản sẽ ký.</p><ol>{rows}</ol>{told}"
        f'<form method="post" action="/xac-nhan/{job.id}/" autocomplete="off">'
        f'<input type="hidden" name="token" value="{job.form_token}">'
        '<label for="pin">Mã PIN của thiết bị (mật khẩu tệp khóa)</label>'
        '<input id="pin" name="pin" type="password" autocomplete="off" autofocus>'
        "<p>Mã PIN chỉ dùng trên máy này, không gửi đi đâu.</p>"
        '<button name="say" value="yes">Ký</button><button name="say" value="no">Không ký</button>'
        "</form>",
    )


def done_page(title: str, words: str) -> str:
    """Return the page that tells how it ended."""
    return _page(title, f"<p>{escape(words)}</p><p>Có thể đóng trang này.</p>")


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<title>{escape(title)} – máy ký</title><link rel="stylesheet" href="/style.css"></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )
