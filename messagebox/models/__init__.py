from messagebox.models.delivery import Delivery, DeliveryQuerySet
from messagebox.models.message import Message, Receipt, Reminder
from messagebox.models.secret import SealedSecret, SealedSecretQuerySet

__all__ = ["Delivery", "DeliveryQuerySet", "Message", "Receipt", "Reminder", "SealedSecret", "SealedSecretQuerySet"]
