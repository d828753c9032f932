from django.urls import path, re_path

from vecozo_portal.demo import views
from vecozo_portal.demo.sent_mail import MAIL_ID

urlpatterns = [
    path("codes/", views.codes, name="demo-codes"),
    path("verzonden-mail/", views.sent_mail, name="sent-mail"),
    re_path(rf"^verzonden-mail/(?P<mail_id>{MAIL_ID})/\Z", views.sent_mail_detail, name="sent-mail-detail"),
]
