"""Who signs certificates: a small interface, and the built-in authority behind it.

Nothing here knows accounts, the database or a request: keys and names come in, certificates and lists go out.
"""

from certificates.authority.files import AuthorityUnusable
from certificates.authority.interface import Authority, Holder, Revoked
from certificates.authority.settled import authority

__all__ = ["Authority", "AuthorityUnusable", "Holder", "Revoked", "authority"]
