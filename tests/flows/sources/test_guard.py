"""No way inside: what may be connected to is decided on the address itself, at every step of the way."""

from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest

from flows.fetching.answers import NotHad
from flows.fetching.guard import Forbidden, Guarded

INSIDE = (
    *("127.0.0.1", "127.8.9.10", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
    *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1"),
    *(
        "64:ff9b::7f00:1",
        "2002:7f00:0001::",
        "2001:0:0:0:0:0:f5ff:fffe",
        "ff02::1",
        "192.0.2.1",
        "198.18.0.1",
    ),
)
OUTSIDE = ("93.184.216.34", "114.114.114.114", "2400:3200::1", "64:ff9b::5db8:d822")


def asked(host: str, found: list[str], url: str | None = None, **more: Any) -> str:
    guard = Guarded(resolve=lambda name, port: found, **more)
    return guard.checked(httpx.URL(url or f"http://{host}/"))


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_refused(address: str) -> None:
    with pytest.raises(Forbidden, match="inside a private network"):
        asked("example.org", [address])


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_outside_pass(address: str) -> None:
    assert asked("example.org", [address]) == address


def test_one_inside_address_among_others_is_enough_to_refuse() -> None:
    with pytest.raises(Forbidden):
        asked("example.org", ["93.184.216.34", "10.0.0.1"])


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "http://example.org:22/",
     "http://example.org:5432/", "http://example.org:25/"],
)  # fmt: skip
def test_other_protocols_and_ports_are_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        asked("example.org", ["93.184.216.34"], url)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost", "0177.0.0.1"])
def test_odd_spellings_of_loopback_are_seen_through(host: str) -> None:
    guard = Guarded()
    with pytest.raises((Forbidden, httpx.ConnectError, httpx.InvalidURL)):
        guard.checked(httpx.URL(f"http://{host}/"))


def test_a_source_that_is_configured_so_may_stand_inside() -> None:
    assert asked("intranet", ["10.0.0.1"], "http://intranet:7001/", private=True) == "10.0.0.1"


def test_nothing_is_asked_of_a_server_inside(world: Any) -> None:
    with world.web(private=False) as web, pytest.raises(NotHad) as not_had:
        web.get(f"{world.site.url}/news/")
    assert (not_had.value.state, not_had.value.code) == ("blocked", "forbidden_address")
    assert world.site.log == []


def test_a_redirect_inside_is_not_followed(world: Any) -> None:
    """The site stands outside by its name, and sends visitors on to an address inside."""
    inside = world.site.port

    def names(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "outside.example" else socket.gethostbyname_ex(host)[2]

    world.site.put("/a", "", status=302, headers={"Location": f"http://127.0.0.1:{inside}/secret"})
    world.site.put("/b", "", status=302, headers={"Location": "file:///etc/passwd"})
    world.site.put("/secret", "the keys")
    with world.web(private=False, resolve=names) as web:
        web._client._transport = OutsideByName(web._client._transport, inside)
        for path in ("/a", "/b"):
            with pytest.raises(NotHad) as not_had:
                web.get(f"http://outside.example:{inside}{path}")
            assert not_had.value.code == "forbidden_address"
    assert "/secret" not in world.site.paths()


class OutsideByName(httpx.BaseTransport):
    """Lets one name stand outside, though it is served on loopback; all else goes through the guard."""

    def __init__(self, guard: Guarded, port: int) -> None:
        self.guard, self.open, self.port = guard, Guarded(private=True, resolve=guard.resolve), port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        outside = request.url.host == "outside.example"
        return (self.open if outside else self.guard).handle_request(request)


def test_the_connection_goes_to_the_address_that_was_checked(world: Any) -> None:
    """A name that answers differently the second time leads nowhere else: it is not asked a second time."""
    calls = []

    def names(host: str, port: int) -> list[str]:
        calls.append(host)
        return ["127.0.0.1"] if len(calls) % 2 else ["10.9.8.7"]

    world.site.put("/x", "here")
    guard = Guarded(private=True, resolve=names)
    client = httpx.Client(transport=guard, trust_env=False)
    answer = client.get(f"http://rebinding.example:{world.site.port}/x")
    assert (answer.text, calls) == ("here", ["rebinding.example"])
    assert world.site.log[-1].host == f"rebinding.example:{world.site.port}"
    assert str(answer.url) == f"http://rebinding.example:{world.site.port}/x"


def test_an_address_in_a_list_that_leads_inside_is_a_fault_and_the_others_are_taken(
    world: Any, make: Any
) -> None:
    words = "2026年，全区将新建口袋公园20处，改造老旧小区18个，为群众办好十件实事。"
    world.site.put("/news/a.html", make.article("澄湖区部署民生实事", "2026-02-26", words))
    inside = "http://169.254.169.254:5432/latest/meta-data/"
    world.site.put(
        "/news/",
        make.listing(
            ("/news/a.html", "澄湖区部署民生实事", "2026-02-26"), (inside, "澄湖区内网通知", "2026-02-26")
        ),
    )

    def names(host: str, port: int) -> list[str]:
        return [host]

    with world.web(private=False, resolve=names) as web:
        web._client._transport = ByPort(web._client._transport, world.site.port)
        from flows.looking import ingest_source

        look = ingest_source(world.ledger, world.source(), world.time, web=web)
    assert dict(look.texts) == {"new": 1, "blocked": 1}


def unknown(host: str, port: int) -> list[str]:
    """The names that an office knows: its own, and addresses."""
    if host in ("files.office.example", "10.0.0.7", "127.0.0.1"):
        return ["10.0.0.7" if host.startswith("files") else host]
    raise socket.gaierror("not known here")


def test_behind_a_proxy_the_web_is_asked_through_it_and_by_name(world: Any) -> None:
    """The office knows no names of the open internet; its proxy does."""
    world.site.put("http://outside.example/a", "the text")
    with world.web(private=False, resolve=unknown, proxy=world.site.url) as web:
        assert web.get("http://outside.example/a").content == b"the text"
    told = [(one.path, one.host) for one in world.site.log]
    assert told == [("http://outside.example/" + path, "outside.example") for path in ("robots.txt", "a")]


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.7/", "http://127.0.0.1/", "http://files.office.example/", "http://intranet/",
     "http://printer.local/", "http://outside.example/sent-inside", "http://outside.example:5432/"],
)  # fmt: skip
def test_a_proxy_is_never_asked_for_what_is_known_to_be_inside(world: Any, url: str) -> None:
    away = {"Location": "http://files.office.example/salaries"}
    world.site.put("http://outside.example/sent-inside", "", status=302, headers=away)
    guarded = world.web(private=False, resolve=unknown, proxy=world.site.url)
    with guarded as web, pytest.raises(NotHad) as not_had:
        web.get(url)
    assert (not_had.value.state, not_had.value.code) == ("blocked", "forbidden_address")
    assert {one.host for one in world.site.log} <= {"outside.example"}


def test_a_source_inside_is_asked_directly_and_the_others_through_the_proxy(
    monkeypatch: pytest.MonkeyPatch, world: Any
) -> None:
    from flows.settings import settings
    from flows.visitor import visitor_of

    monkeypatch.setenv("DUIXIAN_PROXY", "http://user:kept@proxy.example:3128")
    settings.cache_clear()
    assert "kept" not in repr(settings())
    for private, proxy in ((True, None), (False, "http://user:kept@proxy.example:3128")):
        with visitor_of(world.source(private=private)) as web:
            assert web._client._transport.proxy == proxy  # type: ignore[attr-defined]
    settings.cache_clear()


class ByPort(httpx.BaseTransport):
    """Lets the test's own site through; everything else goes through the guard."""

    def __init__(self, guard: Guarded, port: int) -> None:
        self.guard, self.open, self.port = guard, Guarded(private=True, resolve=guard.resolve), port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return (self.open if request.url.port == self.port else self.guard).handle_request(request)
