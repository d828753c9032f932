"""No test reaches anything but this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_the_network_is_off() -> None:
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 443), timeout=1)
