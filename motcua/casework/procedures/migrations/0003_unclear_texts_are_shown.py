from django.db import migrations

SHOW = """
UPDATE procedures_procedure AS p SET current_version_id = v.id
FROM (
    SELECT DISTINCT ON (procedure_id) id, procedure_id FROM procedures_procedureversion
    WHERE state = 'unclear' ORDER BY procedure_id, number DESC
) AS v
WHERE v.procedure_id = p.id AND p.current_version_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_outcome_templates")]

    operations = [migrations.RunSQL(SHOW, migrations.RunSQL.noop)]
