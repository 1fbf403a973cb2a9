"""No number of a symbol stands in two series, whoever opens them at the same moment."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0006_accountants'),
        ('receipts', '0003_forms_by_law'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='series',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('agency', '='), ('form', '='), ('symbol', '='), (models.Func(models.F('first_number'), models.F('final_number'), models.Value('[]'), function='int4range'), '&&')], name='receipts_series_share_no_number'),
        ),
    ]
