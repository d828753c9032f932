"""How the portal's web server is started, with the same flags everywhere.

A thread keeps its database connection for as long as it lives, so threads are retired as late as granian allows.
Addresses in the access log hold no secrets: objects carry a UUID, the signature of a link in a mail is left out
(`vecozo_portal.logs`), and what is searched for stands behind the question mark, which is not logged.
"""

import argparse
import shutil
import sys
from pathlib import Path

ACCESS_LOG = '%(addr)s "%(method)s %(path)s" %(status)d %(dt_ms).1fms'
# granian hands the path decoded, so a line break in an address would begin a line of its own.
LOG_CONFIG = Path(__file__).with_name("granian_log.json")
THREAD_IDLE_SECONDS = 600
WORKERS = 2
THREADS = 8


def portal_command(*, port: int, workers: int = WORKERS, threads: int = THREADS) -> list[str]:
    sizes = ["--workers", str(workers), "--threads", str(threads)]
    return [sys.executable, "-m", "vecozo_portal.serve", "--port", str(port), *sizes]


def portal_arguments(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--threads", type=int, default=THREADS)
    return parser


def granian_options(host: str, port: int, workers: int, threads: int) -> list[str]:
    options = {
        "--interface": "wsgi",
        "--http": "1",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(threads),
        "--blocking-threads-idle-timeout": str(THREAD_IDLE_SECONDS),
        "--respawn-interval": "0.5",
        "--workers-kill-timeout": "10",
        "--log-level": "warning",
        "--access-log-fmt": ACCESS_LOG,
        "--log-config": str(LOG_CONFIG),
    }
    flat = [part for option in options.items() for part in option]
    return [*flat, "--no-ws", "--respawn-failed-workers", "--access-log", "vecozo_portal.wsgi:application"]


def fresh_metrics_dir(folder: Path) -> Path:
    """Figures of an earlier run are of other processes; Prometheus sees a counter that began anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
