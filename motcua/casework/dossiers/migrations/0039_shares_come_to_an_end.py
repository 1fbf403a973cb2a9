from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0038_lines_of_lists_are_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='workshare',
            name='done_at',
            field=models.DateTimeField(null=True, verbose_name='chia xong lúc'),
        ),
        migrations.RunSQL(
            'UPDATE dossiers_workshare SET done_at = at',
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
