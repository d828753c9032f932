"""Texts that somebody might send to see what falls over."""

HOSTILE = {
    "nul": "a\x00b",
    "line breaks": "a\r\nb\nc",
    "direction": "\u202egnp.exe",
    "lone surrogate": "\ud800",
    "astral": "🔑" * 40,
    "combining": "e\u0301" * 60,
    "full-width": "１２３４５６７８９０１２３４",
    "sql": "'; DROP TABLE accounts_account; --",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "markup": "<script>alert(1)</script>",
    "long": "x" * 100_000,
    "huge number": "9" * 400,
    "negative": "-1",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "empty": "",
    "spaces": "   ",
}
