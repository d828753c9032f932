from blocking.services.blocks import Evidence, open_block
from blocking.services.guard import Typed, check_secret
from blocking.services.lifting import lift_block
from blocking.services.recovery import change_forgotten_password

__all__ = ["Evidence", "Typed", "change_forgotten_password", "check_secret", "lift_block", "open_block"]
