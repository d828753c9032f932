"""A certificate that comes, changes or goes raises the version of its account."""

from django.db import migrations

RAISED = """
CREATE TRIGGER certificate_came AFTER INSERT ON certificates_certificate
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
CREATE TRIGGER certificate_changed AFTER UPDATE ON certificates_certificate
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
CREATE TRIGGER certificate_went AFTER DELETE ON certificates_certificate
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION accounts_raise_versions();
"""

NOT_RAISED = """
DROP TRIGGER certificate_went ON certificates_certificate;
DROP TRIGGER certificate_changed ON certificates_certificate;
DROP TRIGGER certificate_came ON certificates_certificate;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_versions_raised_by_the_database"),
        ("certificates", "0001_certificates"),
    ]

    operations = [migrations.RunSQL(RAISED, NOT_RAISED)]
