"""The life of an account, as far as PINs, doors and blocks have to do with it: see ADR 0018."""
