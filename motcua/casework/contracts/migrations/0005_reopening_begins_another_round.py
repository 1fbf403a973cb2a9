"""A month that was agreed to changes only by being reopened, which begins another round."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION contracts_agreed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.agreed_at IS NULL THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE'
     AND (NEW.contract_id, NEW.month, NEW.lines, NEW.shares, NEW.amount_vnd, NEW.cost_vnd)
       = (OLD.contract_id, OLD.month, OLD.lines, OLD.shares, OLD.amount_vnd, OLD.cost_vnd)
     AND (NEW.agreed_at IS NULL AND NEW.partner_agreed_on IS NULL AND NEW.round = OLD.round + 1
          OR OLD.partner_agreed_on IS NULL AND NEW.agreed_at = OLD.agreed_at
             AND NEW.round = OLD.round)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an agreed settlement is not changed';
END $$;
CREATE FUNCTION contracts_acts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was said about a settlement is not changed';
END $$;
CREATE TRIGGER contracts_acts_stay BEFORE UPDATE ON contracts_settlementmove
  FOR EACH ROW EXECUTE FUNCTION contracts_acts_stay();
"""
BEFORE = """
DROP TRIGGER contracts_acts_stay ON contracts_settlementmove;
DROP FUNCTION contracts_acts_stay();
CREATE OR REPLACE FUNCTION contracts_agreed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0004_people_of_partners_disputes_rounds")]

    operations = [migrations.RunSQL(GUARD, BEFORE)]
