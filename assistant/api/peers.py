"""From where a request comes: this machine itself, or a private listener whose word about its users is taken."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any

from assistant.errors import SettingsError

UNIX = "unix"
Scope = Any
"""An ASGI scope."""
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip")


def header(scope: Scope, name: str) -> str | None:
    """A header's value; None where there is none. What is given twice is joined, so that neither goes unseen."""
    wanted = name.lower().encode()
    found = [value.decode("latin-1") for key, value in scope["headers"] if key == wanted]
    return ", ".join(found) if found else None


def peer(scope: Scope) -> str:
    """The address of the other end, or `unix`."""
    server = scope.get("server")
    if server is not None and server[1] is None:
        return UNIX
    client = scope.get("client")
    return str(client[0]) if client else ""


def is_loopback(address: str) -> bool:
    """Whether an address, or a name to listen on, is this machine's own."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def at_this_machine(scope: Scope) -> bool:
    """Whether somebody who sits here asks: not over a proxy, and not by another host's name, which a page from
    elsewhere could have pointed at this machine."""
    host = (header(scope, "host") or "").lower()
    bare = host if host.endswith("]") else host.rsplit(":", 1)[0]
    forwarded = any(key in _FORWARDED for key, _value in scope["headers"])
    return is_loopback(peer(scope)) and bare in _LOOPBACK_NAMES and not forwarded


@dataclass(frozen=True)
class Peers:
    """Who may say who a user is: networks, and perhaps the unix socket."""

    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
    unix: bool

    @classmethod
    def read(cls, words: str) -> Peers:
        """`10.0.0.5, 10.1.0.0/24, unix` → peers. SettingsError for what is no address, and for everybody."""
        networks, unix = [], False
        for word in (one.strip() for one in words.split(",") if one.strip()):
            if word == UNIX:
                unix = True
                continue
            try:
                network = ipaddress.ip_network(word)
            except ValueError:
                mend = "Write addresses, networks such as 10.0.0.0/28, or unix, with commas between."
                raise SettingsError(f"trusted_peers: “{word}” is no address.", mend) from None
            if network.prefixlen == 0:
                raise SettingsError(f"trusted_peers: {word} is everybody.", "Name the proxy's own address.")
            networks.append(network)
        return cls(tuple(networks), unix)

    def hold(self, address: str) -> bool:
        """Whether a peer is one of them."""
        if address == UNIX:
            return self.unix
        try:
            one = ipaddress.ip_address(address)
        except ValueError:
            return False
        mapped = getattr(one, "ipv4_mapped", None) or one
        return any(mapped in network for network in self.networks)
