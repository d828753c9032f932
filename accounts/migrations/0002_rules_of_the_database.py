"""What no program may do, whoever wrote it: bend the log, or give a mandate elsewhere."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit rows are only ever added: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_rows_are_append_only
    BEFORE UPDATE OR DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change();

CREATE TRIGGER audit_is_never_truncated
    BEFORE TRUNCATE ON accounts_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();
"""

CHANGEABLE = """
DROP TRIGGER audit_is_never_truncated ON accounts_auditevent;
DROP TRIGGER audit_rows_are_append_only ON accounts_auditevent;
DROP FUNCTION accounts_refuse_change();
"""

# Checked when the transaction ends, so that whoever moves an account can move its mandates along.
MANDATE_AT_HOME = """
ALTER TABLE accounts_mandate ADD CONSTRAINT mandate_at_own_organisation
    FOREIGN KEY (account_id, organisation_id) REFERENCES accounts_account (id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
"""

MANDATE_ANYWHERE = "ALTER TABLE accounts_mandate DROP CONSTRAINT mandate_at_own_organisation;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
        migrations.RunSQL(MANDATE_AT_HOME, MANDATE_ANYWHERE),
    ]
