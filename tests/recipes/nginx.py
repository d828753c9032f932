"""The recipe in deploy/nginx/ as it stands, with only addresses and places of files changed, really running."""

import getpass
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.portal_process import Started
from tests.recipes.certificates import Pair
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn
from vecozo_portal.processes.ports import free_port, is_free
from vecozo_portal.processes.waiting import wait_until

RECIPE = BASE_DIR / "deploy" / "nginx"
# What the distribution's own nginx.conf holds around a site.
AROUND = """
daemon off;
user {user};
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {site};
}}
"""


@dataclass
class RunningNginx:
    folder: Path
    port: int
    nginx: Started
    # The certificate that it shows.
    server: Path

    @property
    def log(self) -> str:
        return (self.folder / "error.log").read_text(errors="replace")


def start_nginx(
    folder: Path,
    server: Pair,
    *,
    gate_port: int,
    service_port: int,
    token: str,
    limits: Mapping[str, str] | None = None,
    neighbour: str = "",
) -> RunningNginx:
    """`limits`: what an address may do, changed into what a test can do in no time.

    `neighbour`: the name of another site on the same address and port, there before the gateway, without certificates.
    """
    port = free_port()
    (folder / "gate").mkdir(parents=True)
    for path in RECIPE.glob("gate-*.conf"):
        shutil.copy(path, folder / "gate" / path.name)
    _copy("token.conf.example", folder / "gate" / "token.conf", {"put-one-of-the-tokens-here": token})
    _copy("gate-http.conf", folder / "gate" / "gate-http.conf", {"127.0.0.1:8001": f"127.0.0.1:{gate_port}"})
    for name in ("gate-http.conf", "gate-checked.conf"):
        _limit(folder / "gate" / name, limits or {})
    changed = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "127.0.0.1:9001": f"127.0.0.1:{service_port}",
        "/etc/nginx/tls/certificate.pem": str(server.certificate),
        "/etc/nginx/tls/key.pem": str(server.key),
    }
    _copy("service.conf", folder / "service.conf", changed)
    if neighbour:
        _copy("service.conf", folder / "service.conf", changed | {"server_name _": "server_name localhost"})
        _put_before(folder / "service.conf", _site(neighbour, port, server))
    return _run(folder, "service.conf", port, server)


def start_nginx_before_portal(folder: Path, server: Pair, *, port: int, portal_port: int, chain: Path) -> RunningNginx:
    """On this port, for the portal has to know it. `chain`: whose certificates browsers offer."""
    (folder / "portal").mkdir(parents=True)
    shutil.copy(RECIPE / "proxied.conf", folder / "portal" / "proxied.conf")
    changed = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "127.0.0.1:8000": f"127.0.0.1:{portal_port}",
        "/etc/nginx/tls/certificate.pem": str(server.certificate),
        "/etc/nginx/tls/key.pem": str(server.key),
        "/etc/nginx/portal/authorities.pem": str(chain),
    }
    _copy("portal.conf", folder / "portal.conf", changed)
    return _run(folder, "portal.conf", port, server)


def _run(folder: Path, site: str, port: int, server: Pair) -> RunningNginx:
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=getpass.getuser(), site=site))
    command = [_program(), "-p", str(folder), "-c", "nginx.conf"]
    started = Started(spawn(command, cwd=folder, log=folder / "output.log"), folder / "output.log")
    running = RunningNginx(folder, port, started, server.certificate)
    assert wait_until(lambda: not started.is_alive or not is_free(port), 30), started.log.read_text()
    assert started.is_alive, started.log.read_text()
    return running


def _program() -> str:
    """Installed by `make test`, like the browser."""
    found = subprocess.run([BASE_DIR / "deploy" / "find-nginx"], capture_output=True, text=True, check=True)
    return found.stdout.strip()


def _copy(name: str, target: Path, changed: Mapping[str, str]) -> None:
    text = (RECIPE / name).read_text()
    for before, after in changed.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    target.write_text(text)


def _site(name: str, port: int, server: Pair) -> str:
    """As somebody has it who thinks of no gate: the sessions of TLS are what nginx makes of them."""
    pair = f"ssl_certificate {server.certificate}; ssl_certificate_key {server.key};"
    protocols = "ssl_protocols TLSv1.2 TLSv1.3;"
    listens = f"listen 127.0.0.1:{port} ssl default_server; server_name {name};"
    return f"server {{ {listens} {pair} {protocols} return 200 neighbour; }}\n"


def _put_before(path: Path, site: str) -> None:
    path.write_text(site + path.read_text())


def _limit(path: Path, limits: Mapping[str, str]) -> None:
    text = path.read_text()
    for before, after in limits.items():
        text = text.replace(before, after)
    path.write_text(text)
