from blocking.models.block import Block, BlockQuerySet
from blocking.models.counting import Attempt, Budget, Decoy, Tally

__all__ = ["Attempt", "Block", "BlockQuerySet", "Budget", "Decoy", "Tally"]
