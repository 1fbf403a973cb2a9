"""What was typed in stands in orders now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0024_fees_taken_become_orders")]

    operations = [migrations.DeleteModel(name="FeeTaken")]
