"""Every block knows its account's organisation, so that a list of what is blocked does not look at all accounts."""

import django.db.models.deletion
from django.db import migrations, models

# The database fills it in and watches it, so that no program that writes a block can forget or bend it.
FILLED_IN = """
CREATE FUNCTION blocking_fill_in_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT organisation_id INTO NEW.organisation_id FROM accounts_account WHERE id = NEW.account_id;
    RETURN NEW;
END $$;

CREATE TRIGGER block_organisation_is_the_accounts
    BEFORE INSERT ON blocking_block
    FOR EACH ROW EXECUTE FUNCTION blocking_fill_in_organisation();

ALTER TABLE blocking_block DISABLE TRIGGER lifted_blocks_never_change;
UPDATE blocking_block SET organisation_id = account.organisation_id
    FROM accounts_account account WHERE account.id = blocking_block.account_id;
ALTER TABLE blocking_block ENABLE TRIGGER lifted_blocks_never_change;

ALTER TABLE blocking_block ADD CONSTRAINT block_at_own_organisation
    FOREIGN KEY (account_id, organisation_id) REFERENCES accounts_account (id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
"""

NOT_FILLED_IN = """
ALTER TABLE blocking_block DROP CONSTRAINT block_at_own_organisation;
DROP TRIGGER block_organisation_is_the_accounts ON blocking_block;
DROP FUNCTION blocking_fill_in_organisation();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_account_list_by_state"),
        ("blocking", "0002_rules_of_the_database"),
    ]

    operations = [
        migrations.AddField(
            model_name="block",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.RunSQL(FILLED_IN, NOT_FILLED_IN),
        migrations.AddIndex(
            model_name="block",
            index=models.Index(
                condition=models.Q(("lifted_at", None)),
                fields=["organisation", "opened_at", "account"],
                name="block_open_waiting",
            ),
        ),
    ]
