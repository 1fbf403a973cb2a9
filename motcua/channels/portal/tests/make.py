"""What the tests of the portal share."""

from motcua.casework.procedures.api import Definition, parse_text

QUESTIONS = """
questions:
  - name: cap_lai
    text: Bà con đã từng được cấp giấy này chưa?
    choices: [{{value: "true", label: Đã từng}}, {{value: "false", label: Chưa}}]
  - name: ho_ngheo
    text: Bà con có thuộc hộ nghèo không?
    choices: [{{value: "true", label: Có}}, {{value: "false", label: Không}}]
"""
PEOPLE = {"authority": "self", "full_name": "Nguyễn Thị Lan"}
PLACE_AND_WAY = {
    "phone": "0912 345 678",
    "address": "Bản Co Mận, xã Mường Phăng",
    "return_way": "counter",
}


def definition_from(text: str, *, code: str = "1.004873") -> Definition:
    """Return what a structured text says."""
    return parse_text(text.format(code=code))
