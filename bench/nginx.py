"""Debian's nginx with `auth_request`, before the gate and before a bare 204, and its own `limit_req` beside them."""

from __future__ import annotations

import getpass
import subprocess
from typing import Final

from bench.gate_stage import Stage
from bench.load import NoLoad
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.ports import free_port

# Behind each place lies a picture of one pixel that nginx has in memory, so that what differs is the question alone.
CONFIGURATION: Final = """
daemon off;
user {user};
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 100000000;
    limit_req_zone $http_portal_user_number zone=numbers:1m rate=1000000r/s;
    upstream gate {{ server {gate}; keepalive 64; keepalive_requests 100000000; }}
    upstream floor {{ server {floor}; keepalive 64; keepalive_requests 100000000; }}
    server {{
        listen 127.0.0.1:{port};
        location = /gate {{ auth_request /_ask/gate; empty_gif; }}
        location = /floor {{ auth_request /_ask/floor; empty_gif; }}
        location = /limit_req {{ limit_req zone=numbers burst=1000000 nodelay; empty_gif; }}
        location /_ask/ {{
            internal;
            proxy_method GET;
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
            proxy_set_header Connection "";
            proxy_http_version 1.1;
            location = /_ask/gate {{ proxy_pass http://gate{path}?proxy=nginx; }}
            location = /_ask/floor {{ proxy_pass http://floor/; }}
        }}
    }}
}}
"""


def nginx_before(stage: Stage, *, gate: str, floor: str) -> str:
    """The address of an nginx with one worker, with the places `/gate`, `/floor` and `/limit_req`."""
    port, folder = free_port(), stage.folder / "nginx"
    folder.mkdir()
    host, slash, path = gate.removeprefix("http://").partition("/")
    places = {"gate": host, "path": slash + path, "floor": floor.removeprefix("http://")}
    text = CONFIGURATION.format(user=getpass.getuser(), folder=folder, port=port, **places)
    (folder / "nginx.conf").write_text(text)
    return stage.serve([_program(), "-p", str(folder), "-c", "nginx.conf"], port, name="nginx")


def _program() -> str:
    found = subprocess.run([BASE_DIR / "deploy" / "find-nginx"], capture_output=True, text=True, check=False)
    if found.returncode:
        raise NoLoad(found.stderr.strip())
    return found.stdout.strip()
