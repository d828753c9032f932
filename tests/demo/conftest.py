"""The demo as `make run` loads it. Really loaded once; later tests get the rows put back, which is quicker."""

from datetime import datetime
from functools import cache

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from accounts.models import AccountVersion
from vecozo_portal.demo.loading import load_demo

Rows = dict[type[models.Model], list[models.Model]]


def tables() -> list[type[models.Model]]:
    """The portal's own, in an order in which they can be filled; versions come by themselves, from the triggers."""
    ours = ("accounts", "messagebox", "blocking", "certificates")
    models_of_ours = [model for app in ours for model in apps.get_app_config(app).get_models()]
    return [model for model in models_of_ours if model is not AccountVersion]


@cache
def _first_loading() -> tuple[datetime, Rows]:
    at = timezone.now()
    load_demo(at=at)
    return at, {model: list(model._default_manager.order_by("pk")) for model in tables()}


@pytest.fixture
def demo(db: None) -> datetime:
    """The demo is loaded; the moment at which it was."""
    already_here = _first_loading.cache_info().currsize
    at, rows = _first_loading()
    # A block names the case it was lifted under, and the case its block: they are looked at together, at the end.
    with transaction.atomic():
        for model, found in rows.items() if already_here else ():
            model._default_manager.bulk_create(found)
    return at
