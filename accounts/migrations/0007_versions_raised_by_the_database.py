"""Every change that the gate decides by raises the account's version, whoever wrote the program."""

from django.db import migrations

# `touched` is the transition table of the trigger that calls it. In one order, so that two writers wait for each other
# instead of for ever.
RAISED = """
CREATE FUNCTION accounts_raise_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO accounts_accountversion (account_id, version, pushed)
    SELECT account_id, 1, 0 FROM (SELECT DISTINCT account_id FROM touched ORDER BY account_id) AS changed
    ON CONFLICT (account_id) DO UPDATE SET version = accounts_accountversion.version + 1;
    RETURN NULL;
END $$;

CREATE FUNCTION accounts_raise_version_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO accounts_accountversion (account_id, version, pushed) VALUES (NEW.id, 1, 0)
    ON CONFLICT (account_id) DO UPDATE SET version = accounts_accountversion.version + 1;
    RETURN NULL;
END $$;

INSERT INTO accounts_accountversion (account_id, version, pushed) SELECT id, 1, 0 FROM accounts_account;

CREATE TRIGGER account_is_new AFTER INSERT ON accounts_account
    FOR EACH ROW EXECUTE FUNCTION accounts_raise_version_of_account();
CREATE TRIGGER account_changed AFTER UPDATE OF state, kind, user_number ON accounts_account
    FOR EACH ROW WHEN ((OLD.state, OLD.kind, OLD.user_number) IS DISTINCT FROM (NEW.state, NEW.kind, NEW.user_number))
    EXECUTE FUNCTION accounts_raise_version_of_account();

CREATE TRIGGER authorisation_given AFTER INSERT ON accounts_authorisation
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
CREATE TRIGGER authorisation_changed AFTER UPDATE ON accounts_authorisation
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
CREATE TRIGGER authorisation_withdrawn AFTER DELETE ON accounts_authorisation
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();

CREATE TRIGGER address_registered AFTER INSERT ON accounts_registeredaddress
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
CREATE TRIGGER address_changed AFTER UPDATE ON accounts_registeredaddress
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
CREATE TRIGGER address_removed AFTER DELETE ON accounts_registeredaddress
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
"""

NOT_RAISED = """
DROP TRIGGER address_removed ON accounts_registeredaddress;
DROP TRIGGER address_changed ON accounts_registeredaddress;
DROP TRIGGER address_registered ON accounts_registeredaddress;
DROP TRIGGER authorisation_withdrawn ON accounts_authorisation;
DROP TRIGGER authorisation_changed ON accounts_authorisation;
DROP TRIGGER authorisation_given ON accounts_authorisation;
DROP TRIGGER account_changed ON accounts_account;
DROP TRIGGER account_is_new ON accounts_account;
DROP FUNCTION accounts_raise_version_of_account();
DROP FUNCTION accounts_raise_versions();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_registered_addresses_and_versions")]

    operations = [migrations.RunSQL(RAISED, NOT_RAISED)]
