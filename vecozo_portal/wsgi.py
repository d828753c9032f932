"""What granian serves, in each of its worker processes."""

import os

from django.core.wsgi import get_wsgi_application

from vecozo_portal.edge import without_unreadable_text
from vecozo_portal.environment import forget_secrets
from vecozo_portal.processes.children import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vecozo_portal.settings")

# A worker whose granian was killed would go on listening on the port.
die_with_parent()

application = without_unreadable_text(get_wsgi_application())

from accounts import afterwards  # noqa: E402  # wants settings
from blocking.services import hashing  # noqa: E402
from vecozo_portal.checks import refuse_unsafe_production  # noqa: E402

refuse_unsafe_production()
hashing.prepare()
afterwards.begin()

# granian hands the process's environment to every request; the secrets have been read and need not travel along.
forget_secrets()
