"""Blocks, quotas and probations raise the versions of the accounts that they concern; the history of cases is kept."""

from django.db import migrations

RAISED = """
CREATE TRIGGER block_opened AFTER INSERT ON blocking_block
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
CREATE TRIGGER block_changed AFTER UPDATE ON blocking_block
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
CREATE TRIGGER probation_granted AFTER INSERT ON blocking_probation
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();

CREATE FUNCTION blocking_raise_versions_of_quota() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO accounts_accountversion (account_id, version, pushed)
    SELECT account_id, 1, 0 FROM (
        SELECT DISTINCT authorised.account_id
        FROM touched
        JOIN accounts_authorisation AS authorised ON authorised.service_id = touched.service_id
        JOIN accounts_account AS account ON account.id = authorised.account_id AND account.kind = touched.kind
        ORDER BY authorised.account_id
    ) AS changed
    ON CONFLICT (account_id) DO UPDATE SET version = accounts_accountversion.version + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER quota_set AFTER INSERT ON blocking_servicequota
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION blocking_raise_versions_of_quota();
CREATE TRIGGER quota_changed AFTER UPDATE ON blocking_servicequota
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION blocking_raise_versions_of_quota();
CREATE TRIGGER quota_dropped AFTER DELETE ON blocking_servicequota
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION blocking_raise_versions_of_quota();

CREATE TRIGGER cases_are_never_deleted BEFORE DELETE ON blocking_supportcase
    FOR EACH ROW EXECUTE FUNCTION blocking_refuse_change();
CREATE TRIGGER handled_cases_never_change BEFORE UPDATE ON blocking_supportcase
    FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION blocking_refuse_change();
CREATE TRIGGER crossings_never_change BEFORE UPDATE OR DELETE ON blocking_crossing
    FOR EACH ROW EXECUTE FUNCTION blocking_refuse_change();

CREATE SEQUENCE blocking_case_numbers;
"""

NOT_RAISED = """
DROP SEQUENCE blocking_case_numbers;
DROP TRIGGER crossings_never_change ON blocking_crossing;
DROP TRIGGER handled_cases_never_change ON blocking_supportcase;
DROP TRIGGER cases_are_never_deleted ON blocking_supportcase;
DROP TRIGGER quota_dropped ON blocking_servicequota;
DROP TRIGGER quota_changed ON blocking_servicequota;
DROP TRIGGER quota_set ON blocking_servicequota;
DROP FUNCTION blocking_raise_versions_of_quota();
DROP TRIGGER probation_granted ON blocking_probation;
DROP TRIGGER block_changed ON blocking_block;
DROP TRIGGER block_opened ON blocking_block;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_versions_raised_by_the_database"),
        ("blocking", "0005_quota_and_cases"),
    ]

    operations = [migrations.RunSQL(RAISED, NOT_RAISED)]
