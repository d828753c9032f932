"""A block's history is never deleted or changed, whoever wrote the program."""

from django.db import migrations

KEPT = """
CREATE FUNCTION blocking_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of blocks is kept: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER blocks_are_never_deleted
    BEFORE DELETE ON blocking_block
    FOR EACH ROW EXECUTE FUNCTION blocking_refuse_change();

CREATE TRIGGER lifted_blocks_never_change
    BEFORE UPDATE ON blocking_block
    FOR EACH ROW WHEN (OLD.lifted_at IS NOT NULL) EXECUTE FUNCTION blocking_refuse_change();

CREATE TRIGGER blocks_are_never_truncated
    BEFORE TRUNCATE ON blocking_block
    FOR EACH STATEMENT EXECUTE FUNCTION blocking_refuse_change();
"""

CHANGEABLE = """
DROP TRIGGER blocks_are_never_truncated ON blocking_block;
DROP TRIGGER lifted_blocks_never_change ON blocking_block;
DROP TRIGGER blocks_are_never_deleted ON blocking_block;
DROP FUNCTION blocking_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("blocking", "0001_initial"), ("accounts", "0002_rules_of_the_database")]

    operations = [
        migrations.RunSQL(KEPT, CHANGEABLE),
    ]
