from messagebox.models.delivery import Delivery, DeliveryQuerySet
from messagebox.models.message import Message, Receipt, Reminder

__all__ = ["Delivery", "DeliveryQuerySet", "Message", "Receipt", "Reminder"]
