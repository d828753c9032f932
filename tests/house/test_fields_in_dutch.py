"""Support reads the names of fields and models in Beheer: they are Dutch, not made from the English of the code."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils.text import camel_case_to_spaces

OURS = ("accounts", "messagebox", "blocking", "certificates")
# The same word in both languages.
DUTCH_AS_WELL = {"account", "code", "client", "passkey"}

MODELS = [model for app in OURS for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_dutch_name(model: type[Model]) -> None:
    names = {field.name: str(field.verbose_name) for field in model._meta.fields if not field.auto_created}
    made = {name for name, verbose in names.items() if verbose == name.replace("_", " ")}
    assert made <= DUTCH_AS_WELL


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_has_a_dutch_name(model: type[Model]) -> None:
    made = camel_case_to_spaces(model.__name__)
    assert str(model._meta.verbose_name) != made or made in DUTCH_AS_WELL
