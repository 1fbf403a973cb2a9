from django.db import migrations, models

TABLES = """
CREATE SEQUENCE audit_entry_id_seq;
CREATE TABLE audit_entry (
  id bigint NOT NULL DEFAULT nextval('audit_entry_id_seq'),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  action varchar(80) NOT NULL,
  subject varchar(120) NOT NULL,
  actor_id bigint NOT NULL,
  actor_name varchar(200) NOT NULL,
  on_behalf_of varchar(200) NOT NULL,
  detail jsonb NOT NULL,
  PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE INDEX audit_entry_subject ON audit_entry (subject, at);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, at);
CREATE TABLE audit_entry_default PARTITION OF audit_entry DEFAULT;
CREATE SEQUENCE audit_access_id_seq;
CREATE TABLE audit_access (
  id bigint NOT NULL DEFAULT nextval('audit_access_id_seq'),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  purpose varchar(80) NOT NULL,
  subject varchar(120) NOT NULL,
  actor_id bigint NOT NULL,
  actor_name varchar(200) NOT NULL,
  actor_title varchar(200) NOT NULL,
  agency_id bigint,
  person_id bigint,
  detail jsonb NOT NULL,
  PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE INDEX audit_access_subject ON audit_access (subject, at);
CREATE INDEX audit_access_person ON audit_access (person_id, at);
CREATE INDEX audit_access_actor ON audit_access (actor_id, at);
CREATE TABLE audit_access_default PARTITION OF audit_access DEFAULT;
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('motcua.partitioning', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'the trail is append-only';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_access_append_only BEFORE UPDATE OR DELETE ON audit_access
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
"""
GONE = """
DROP TABLE audit_entry; DROP TABLE audit_access; DROP FUNCTION audit_is_append_only;
DROP SEQUENCE audit_entry_id_seq; DROP SEQUENCE audit_access_id_seq;
"""
KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLES, GONE)],
            state_operations=[
        migrations.CreateModel(
            name="AccessEntry",
            fields=[
                KEY,
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("purpose", models.CharField(max_length=80, verbose_name="mục đích")),
                ("subject", models.CharField(max_length=120, verbose_name="đối tượng")),
                ("actor_id", models.BigIntegerField(verbose_name="mã người xem")),
                ("actor_name", models.CharField(max_length=200, verbose_name="người xem")),
                ("actor_title", models.CharField(blank=True, max_length=200, verbose_name="chức danh")),
                ("agency_id", models.BigIntegerField(null=True, verbose_name="cơ quan")),
                ("person_id", models.BigIntegerField(null=True, verbose_name="người được xem")),
                ("detail", models.JSONField(default=dict, verbose_name="chi tiết")),
            ],
            options={"db_table": "audit_access"},
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                KEY,
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("action", models.CharField(max_length=80, verbose_name="hành động")),
                ("subject", models.CharField(max_length=120, verbose_name="đối tượng")),
                ("actor_id", models.BigIntegerField(verbose_name="mã người làm")),
                ("actor_name", models.CharField(max_length=200, verbose_name="người làm")),
                ("on_behalf_of", models.CharField(blank=True, max_length=200, verbose_name="thay mặt")),
                ("detail", models.JSONField(default=dict, verbose_name="chi tiết")),
            ],
            options={"db_table": "audit_entry"},
        ),
            ],
        ),
    ]
