"""An account has a name at each gateway; so far one served all."""

from django.db import migrations, models

TO_EACH = """
UPDATE payments_beneficiary SET terminals = jsonb_build_object(
  'vnpay', terminal, 'vnpt_pay', terminal, 'national', terminal) WHERE terminal <> ''
"""
TO_ONE = """
UPDATE payments_beneficiary SET terminal = coalesce(terminals ->> 'vnpay', '')
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_unproven_notices_go")]

    operations = [
        migrations.AddField(
            model_name="beneficiary",
            name="terminals",
            field=models.JSONField(
                blank=True, default=dict, verbose_name="mã điểm thu tại mỗi cổng"
            ),
        ),
        migrations.RunSQL(TO_EACH, TO_ONE),
        migrations.RemoveField(model_name="beneficiary", name="terminal"),
    ]
