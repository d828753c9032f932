from django.core.management import call_command

from vecozo_portal.environment import Environment


def test_the_table_of_settings_is_current() -> None:
    call_command("settings_table", "--check")


def test_every_setting_has_a_sentence() -> None:
    for name, field in Environment.model_fields.items():
        assert field.description is not None, name
        assert field.description.endswith("."), name
