"""No way inside: which addresses may be connected to, decided after the name was resolved.

The connection goes to the very address that was checked: resolved once more to connect, a name could answer
differently (DNS rebinding). A proxy resolves names itself, so what it reaches is for its keeper to bound;
what this machine knows to be inside is still refused before it is asked.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]

PORTS = frozenset({80, 443, 8000, 8080, 8081, 8088, 8443, 9080, 9090})
"""Ports that web sites are served on; others belong to mail, databases and printers."""


INSIDE_NAMES = frozenset({"localhost", "local", "internal", "lan", "intranet", "arpa", "home", "corp"})
"""Last parts of names that are given out inside networks only."""


class Forbidden(Exception):  # noqa: N818 - a refusal of ours, said as a sentence
    """An address that is not asked for anything; the sentence says why."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver; OSError where it has none."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def inside(address: Address) -> bool:
    """Whether an address is private, loopback, link-local or otherwise not on the open internet."""
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    teredo = getattr(address, "teredo", None)
    if mapped is not None:
        return inside(mapped)
    if teredo is not None:
        return True
    if isinstance(address, ipaddress.IPv6Address) and address in _NAT64:
        return inside(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return not address.is_global or address.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Guarded(httpx.BaseTransport):
    """A transport that connects to checked addresses only.

    private: lets private, loopback and link-local addresses pass, for a source that is configured so.
    proxy: its address; it is asked for names as they were asked for, once they have been checked here.
    """

    def __init__(
        self, *, private: bool = False, resolve: Resolve = resolve, proxy: str | None = None
    ) -> None:
        self.private = private
        self.resolve = resolve
        self.proxy = proxy
        self._transports: dict[tuple[str, str, int], httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send to the address that was checked, under the name that was asked for."""
        url = request.url
        checked = self.checked(url)
        # One pool a host: pooled by address, a connection made for one name would serve another.
        key = (url.scheme, url.host, url.port or 0)
        if key not in self._transports:
            self._transports[key] = httpx.HTTPTransport(retries=0, proxy=self.proxy)
        if self.proxy is not None:
            return self._transports[key].handle_request(request)
        request.url = url.copy_with(host=checked)
        # The Host header was set from the name; TLS checks the certificate against the name, too.
        request.extensions = {**request.extensions, "sni_hostname": url.host}
        try:
            return self._transports[key].handle_request(request)
        finally:
            request.url = url

    def checked(self, url: httpx.URL) -> str:
        """The address to connect to; raises Forbidden, or httpx.ConnectError where the name has none."""
        if url.scheme not in ("http", "https"):
            raise Forbidden(f"{url.scheme}: is not fetched, only http and https are")
        port = url.port or (443 if url.scheme == "https" else 80)
        if not self.private and port not in PORTS:
            raise Forbidden(f"port {port} is no web site's: say `private: true` if the source stands there")
        try:
            found = self.resolve(url.host, port)
        except (OSError, UnicodeError) as error:
            if self.proxy is not None and isinstance(error, OSError):
                return self._left_to_proxy(url.host)
            raise httpx.ConnectError(f"the name {url.host} is not known ({error})") from error
        if not found:
            raise httpx.ConnectError(f"the name {url.host} has no address")
        for text in found:
            address = ipaddress.ip_address(text.partition("%")[0])
            # One inside address among good ones is enough to refuse: which is used would be chance.
            if not self.private and inside(address):
                raise Forbidden(
                    f"{url.host} stands at {address}, inside a private network: say `private: true` in the "
                    "source if that is meant"
                )
        return found[0]

    @staticmethod
    def _left_to_proxy(host: str) -> str:
        """A name that is not known here: behind a proxy, machines often know no names of the open internet.
        Raises Forbidden for names that no site of the open internet has."""
        last = host.rstrip(".").rpartition(".")
        if not last[0] or last[2].lower() in INSIDE_NAMES:
            raise Forbidden(f"{host} is a name inside a network: say `private: true` if that is meant")
        return host

    def close(self) -> None:
        """Let go of all connections."""
        for transport in self._transports.values():
            transport.close()
