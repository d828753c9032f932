"""Reading what stands in the box's address."""

import re

from django.http import QueryDict

# The box is leafed through from the newest; further back than this nobody leafs, and it costs.
LAST_PAGE = 4000


def page_number(query: QueryDict) -> int:
    """The page asked for; the first where the address holds anything else."""
    typed = query.get("page", "")
    number = int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 1
    return min(max(number, 1), LAST_PAGE)
