from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0035_drafts_begun_by_agents'),
    ]

    operations = [
        migrations.AddField(
            model_name='dossierpaper',
            name='reused_from',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='dùng lại từ hồ sơ'),
        ),
    ]
