"""The gate's application for granian, with settings read and apps ready."""

import gc
import os

import django

from vecozo_portal.processes.children import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vecozo_portal.settings")

# A worker whose granian was killed would go on listening on the port.
die_with_parent()
django.setup()

from gate.api.application import Gate  # noqa: E402  # wants settings
from vecozo_portal.environment import forget_secrets  # noqa: E402

forget_secrets()
application = Gate()
# What is there now stays, so the collector need not look at it ever again in the middle of a decision.
gc.collect()
gc.freeze()
