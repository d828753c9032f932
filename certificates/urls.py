from django.urls import path

from certificates.views import answer_ocsp, install_page, issuing_certificate, revocation_list

urlpatterns = [
    path("certificaat-installeren/", install_page, name="install-certificate"),
    path("crl/<slug:name>.crl", revocation_list, name="revocation-list"),
    path("crl/<slug:name>.cer", issuing_certificate, name="issuing-certificate"),
    path("ocsp/", answer_ocsp, name="ocsp"),
    path("ocsp/<path:asked>", answer_ocsp, name="ocsp-asked"),
]
