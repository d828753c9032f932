from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_rules_of_the_database")]

    operations = [
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["organisation", "kind", "state", "name", "id"], name="account_list_by_state"),
        ),
    ]
