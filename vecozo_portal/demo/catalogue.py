"""Services that demo accounts are authorised for: names of the field, marked as demo, with nothing real behind them."""

from typing import Final

from accounts.choices import LegalBasis

COV: Final = "cov"
CLAIMS: Final = "zvw-wlz-declaraties"
WLZ: Final = "vsp-wlz"
WMO: Final = "vsp-wmo"
YOUTH: Final = "vsp-jw"
NOTES: Final = "notitieverkeer"
AUTHORISATIONS: Final = "machtigingenportaal"
PURCHASING: Final = "zorginkoopportaal"

SERVICES: Final[dict[str, tuple[str, LegalBasis]]] = {
    COV: ("Controle op verzekeringsgegevens (demo)", LegalBasis.ZVW),
    CLAIMS: ("Declaraties Zvw en Wlz (demo)", LegalBasis.ZVW),
    WLZ: ("Berichtenverkeer Wlz (demo)", LegalBasis.WLZ),
    WMO: ("Berichtenverkeer Wmo (demo)", LegalBasis.WMO),
    YOUTH: ("Berichtenverkeer Jeugdwet (demo)", LegalBasis.JEUGDWET),
    NOTES: ("Notitieverkeer (demo)", LegalBasis.WLZ),
    AUTHORISATIONS: ("Machtigingenportaal (demo)", LegalBasis.ZVW),
    PURCHASING: ("Zorginkoopportaal (demo)", LegalBasis.WLZ),
}
