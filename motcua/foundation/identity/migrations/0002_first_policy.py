"""The limits of signing in that hold from the start."""

from datetime import date

from django.db import migrations

BASIS = "TCVN 14423:2026, hệ thống thông tin cấp độ 3"


def add_policy(apps, schema_editor):
    """Add the first row, once."""
    policies = apps.get_model("identity", "SignInPolicy").objects
    policies.get_or_create(valid_from=date(2026, 1, 1), defaults={"basis": BASIS})


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [migrations.RunPython(add_policy, migrations.RunPython.noop)]
