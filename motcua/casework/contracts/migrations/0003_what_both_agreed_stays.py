"""A month that both sides agreed to is never changed; one that we agreed to keeps its sums."""

from django.db import migrations

GUARD = """
CREATE FUNCTION contracts_agreed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.agreed_at IS NULL THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.partner_agreed_on IS NULL
     AND (NEW.contract_id, NEW.month, NEW.lines, NEW.amount_vnd, NEW.cost_vnd, NEW.agreed_at)
       = (OLD.contract_id, OLD.month, OLD.lines, OLD.amount_vnd, OLD.cost_vnd, OLD.agreed_at)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an agreed settlement is not changed';
END $$;
CREATE TRIGGER contracts_agreed_stays BEFORE UPDATE OR DELETE ON contracts_settlement
  FOR EACH ROW EXECUTE FUNCTION contracts_agreed_stays();
"""
NO_GUARD = """
DROP TRIGGER contracts_agreed_stays ON contracts_settlement;
DROP FUNCTION contracts_agreed_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_months_are_settled")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
