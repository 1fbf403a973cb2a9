from django.db import migrations

# What was written before has no number and stays unsealed; to number it would rewrite the tables.
NUMBERED = """
ALTER TABLE {table} ADD COLUMN epoch integer, ADD COLUMN xid xid8;
ALTER TABLE {table} ALTER COLUMN epoch SET DEFAULT 0, ALTER COLUMN xid SET DEFAULT pg_current_xact_id();
CREATE INDEX {table}_order ON {table} (epoch, xid, id);
"""
BACK = """
DROP INDEX {table}_order;
ALTER TABLE {table} DROP COLUMN epoch, DROP COLUMN xid;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_partitioned_trail")]

    operations = [
        migrations.RunSQL(NUMBERED.format(table=table), BACK.format(table=table))
        for table in ("audit_entry", "audit_access")
    ]
