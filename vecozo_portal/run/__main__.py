"""`python -m vecozo_portal.run`, which `make run` starts."""

import argparse
import errno
import os
import signal
import sys
from pathlib import Path

from vecozo_portal.engines import EngineFailure
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import die_with_parent
from vecozo_portal.run.failures import RunFailure, StopAsked
from vecozo_portal.run.portal_run import PortalRun
from vecozo_portal.run.ports import Ports
from vecozo_portal.run.surroundings import given

PORTS = range(1, 65536)


def main() -> int:
    chosen = _arguments()
    # Mail, figures and logs are for us alone; what the engines must reach gets its own mode.
    os.umask(0o077)
    if chosen.with_parent:
        die_with_parent(signal.SIGTERM)
    try:
        PortalRun(
            Path(given("state_dir") or BASE_DIR / ".data").absolute(), Ports(chosen.port, chosen.gate_port), _say
        ).run()
    except (StopAsked, KeyboardInterrupt):  # the latter before the run listens itself
        return 0
    except (RunFailure, EngineFailure) as failure:
        return _sorry(str(failure))
    except OSError as failure:
        return _sorry(_sentence(failure))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make run", description="The whole portal with demo people.")
    parser.add_argument("--port", type=_port, default=8000, help="where the portal listens, on this machine only")
    parser.add_argument(
        "--gate-port", type=_gate_port, default=8001, help="where the gate listens, with the demo's service above it"
    )
    parser.add_argument("--with-parent", action="store_true", help="stop when whoever started this is gone")
    return parser.parse_args()


def _port(text: str) -> int:
    if not text.isdigit() or int(text) not in PORTS:
        raise argparse.ArgumentTypeError(f"{text} is no port; a port is a number from 1 to {PORTS[-1]}")
    return int(text)


def _gate_port(text: str) -> int:
    if text == str(PORTS[-1]):
        raise argparse.ArgumentTypeError(f"above {text} is no port left for the demo's service")
    return _port(text)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _sorry(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201
    return 1


def _sentence(failure: OSError) -> str:
    if failure.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full: {failure.filename or 'a file of the portal'} could not be written."
    if failure.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{failure.filename or 'A file of the portal'} may not be written by who you are."
    return f"The portal cannot run: {failure}"


if __name__ == "__main__":
    sys.exit(main())
