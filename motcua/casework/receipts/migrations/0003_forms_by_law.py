"""The forms of receipts, for their days; basis: docs/law/receipts.md."""

from datetime import date

from django.db import migrations

NEW = "Nghị định 254/2026/NĐ-CP, Thông tư 91/2026/TT-BTC"
OLDER = "Nghị định 123/2020/NĐ-CP, Thông tư 78/2021/TT-BTC, Thông tư 303/2016/TT-BTC"
LETTERS = "[ABCDEGHKLMNPQRSTUVXY]"
CHANGE, DAY_BEFORE, FIRST = date(2026, 7, 1), date(2026, 6, 30), date(2017, 1, 1)
SYMBOL = rf"(?P<year>[0-9]{{2}})T{LETTERS}{{2}}"
OLDER_SYMBOL = "[A-Z]{2}-(?P<year>[0-9]{2})[TEP]"
FORMS = [
    ("EBL01", "Biên lai điện tử không in sẵn mệnh giá", "EBL01", SYMBOL, "26TAA", 8),
    ("EBL02", "Biên lai điện tử in sẵn mệnh giá", "EBL02", SYMBOL, "26TAA", 8),
]
OLDER_FORMS = [
    (
        "01BLP",
        "Biên lai thu phí, lệ phí không in sẵn mệnh giá",
        "01BLP[0-9]-[0-9]{3}",
        OLDER_SYMBOL,
        "BI-23T",
        7,
    ),
    (
        "02BLP",
        "Biên lai thu phí, lệ phí in sẵn mệnh giá",
        "02BLP[0-9]-[0-9]{3}",
        OLDER_SYMBOL,
        "BI-23T",
        7,
    ),
]


def lay_down(apps, schema_editor):
    form = apps.get_model("receipts", "ReceiptForm")
    given = [(*one, CHANGE, None, NEW) for one in FORMS]
    given += [(*one, FIRST, DAY_BEFORE, OLDER) for one in OLDER_FORMS]
    names = (
        "code",
        "name",
        "form_pattern",
        "symbol_pattern",
        "symbol_example",
        "most_digits",
        "valid_from",
        "valid_to",
        "basis",
    )
    for one in given:
        values = dict(zip(names, one, strict=True))
        key = {"code": values.pop("code"), "valid_from": values.pop("valid_from")}
        form.objects.get_or_create(**key, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("receipts", "0002_what_is_issued_stays")]

    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
