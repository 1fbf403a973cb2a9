from django.db import migrations

# A consumer reads its own topics in order; the facts of others between them cost it nothing.
BY_TOPIC = """
CREATE INDEX outbox_fact_by_topic ON outbox_fact (topic, epoch, xid, id);
DROP INDEX outbox_fact_order;
"""
BACK = """
CREATE INDEX outbox_fact_order ON outbox_fact (epoch, xid, id);
DROP INDEX outbox_fact_by_topic;
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_facts_and_deliveries")]

    operations = [migrations.RunSQL(BY_TOPIC, BACK)]
