from certificates.views.installing import install_page
from certificates.views.publishing import answer_ocsp, issuing_certificate, revocation_list

__all__ = ["answer_ocsp", "install_page", "issuing_certificate", "revocation_list"]
