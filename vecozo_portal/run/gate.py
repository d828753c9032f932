"""How the gate's server is started, with the same flags everywhere."""

import argparse
import sys

from vecozo_portal.run.portal import LOG_CONFIG

GATE_PORT = 8001
GATE_WORKERS = 1
# More than any proxy sends along (Traefik's default is the highest, 1 MiB), so that the gate itself says what is too
# large. Above this, or with more than a hundred headers, granian answers, with a bare 431.
READ_AT_MOST_BYTES = 2 * 1024 * 1024


def gate_command(*, port: int, workers: int = GATE_WORKERS) -> list[str]:
    return [sys.executable, "-m", "vecozo_portal.serve_gate", "--port", str(port), "--workers", str(workers)]


def gate_arguments(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=GATE_PORT)
    parser.add_argument("--workers", type=int, default=GATE_WORKERS)
    return parser


def gate_options(host: str, port: int, workers: int) -> list[str]:
    """Without an access log: a line per query would cost more than the decision, and the journal has them."""
    options = {
        "--interface": "rsgi",
        "--http": "1",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--http1-buffer-size": str(READ_AT_MOST_BYTES),
        "--respawn-interval": "0.5",
        "--workers-kill-timeout": "5",
        "--log-level": "warning",
        "--log-config": str(LOG_CONFIG),
    }
    flat = [part for option in options.items() for part in option]
    return [*flat, "--no-ws", "--respawn-failed-workers", "vecozo_portal.gate:application"]
