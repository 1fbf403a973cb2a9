"""What every answer carries."""

from django.test import Client


def test_even_a_missing_page_forbids_inline_scripts(client: Client) -> None:
    answer = client.get("/khong-co-trang-nay/")

    assert answer.status_code == 404
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
