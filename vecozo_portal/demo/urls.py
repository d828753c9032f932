from django.urls import re_path

from vecozo_portal.demo import views
from vecozo_portal.demo.sent_mail import MAIL_ID

urlpatterns = [
    re_path(r"^$", views.sent_mail, name="sent-mail"),
    re_path(rf"^(?P<mail_id>{MAIL_ID})/\Z", views.sent_mail_detail, name="sent-mail-detail"),
]
