from django.db import migrations, models

# The file with everybody's data belongs to the list, not to the outcome of each applicant (ADR 98).
_LET_GO = """
UPDATE dossiers_dossieroutcome o SET file_id = NULL, file_name = ''
FROM dossiers_collecteddossier c JOIN dossiers_collecteddecision d ON d.id = c.decision_id
WHERE c.dossier_id = o.dossier_id AND o.file_id IS NOT NULL AND o.number = d.number
  AND o.spec_code = d.spec_code AND d.decided_at IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0037_failed_background_work'),
    ]

    operations = [
        migrations.AddField(
            model_name='collecteddossier',
            name='as_signed',
            field=models.JSONField(db_default={}, default=dict, verbose_name='nội dung dòng khi ký'),
        ),
        migrations.RunSQL(_LET_GO, migrations.RunSQL.noop),
    ]
