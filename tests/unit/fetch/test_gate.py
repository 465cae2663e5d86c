"""Which addresses the gate opens. Nothing here connects; numeric hosts go through the real resolver."""

from __future__ import annotations

import socket
from ipaddress import ip_address, ip_network

import pytest

from drift.fetch.gate import Gate, Resolver
from drift.fetch.networks import denied_as
from drift.model.errors import BlindReason, FetchError, InputError

HOST = "help.larkspur.example"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("10.255.0.1", "private"),
        ("100.64.0.1", "carrier-grade NAT"),
        ("100.127.255.255", "carrier-grade NAT"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.255", "loopback"),
        ("168.63.129.16", "cloud platform"),
        ("169.254.169.254", "link-local"),
        ("172.31.255.255", "private"),
        ("192.0.0.8", "protocol assignments"),
        ("192.0.2.1", "documentation"),
        ("192.88.99.1", "6to4 relay"),
        ("192.168.1.1", "private"),
        ("198.19.255.255", "benchmarking"),
        ("198.51.100.9", "documentation"),
        ("203.0.113.9", "documentation"),
        ("224.0.0.251", "multicast"),
        ("239.255.255.250", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::127.0.0.1", "IPv4-compatible"),
        ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("64:ff9b:1::a00:1", "NAT64"),
        ("100::1", "discard"),
        ("2001::1", "Teredo"),
        ("2001:20::1", "protocol assignments"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4"),
        ("3fff::1", "documentation"),
        ("4000::1", "reserved"),
        ("5f00::1", "reserved"),
        ("9000::1", "reserved"),
        ("fd00:ec2::254", "unique local"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("8.8.8.8", None),
        ("100.63.255.255", None),
        ("172.32.0.1", None),
        ("192.169.0.1", None),
        ("223.255.255.255", None),
        ("2606:4700::1111", None),
        ("2a00:1450::1", None),
    ],
)
def test_every_kind_of_network_is_told(address: str, words: str | None) -> None:
    assert denied_as(ip_address(address)) == words


def answering(*addresses: str) -> Resolver:
    return lambda _host, _port: addresses


def test_addresses_come_in_the_resolvers_order() -> None:
    assert Gate(resolve=answering("2606:4700::1111", "8.8.8.8")).addresses(HOST, 443) == ("2606:4700::1111", "8.8.8.8")


def test_one_private_address_among_public_ones_shuts_the_host() -> None:
    with pytest.raises(FetchError) as caught:
        Gate(resolve=answering("8.8.8.8", "10.2.3.4")).addresses(HOST, 443)
    assert caught.value.reason is BlindReason.PRIVATE
    assert caught.value.detail == f"{HOST} is 10.2.3.4 (private); --allow-private 10.2.3.4 would open it"


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]", "localhost"],
)
def test_other_spellings_of_loopback_are_loopback(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        Gate().addresses(host.strip("[]"), 80)
    assert caught.value.reason is BlindReason.PRIVATE


@pytest.mark.parametrize(
    ("failure", "transient"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), False),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), True),
        (UnicodeError("label too long"), False),
        (OverflowError("port"), False),
    ],
)
def test_a_host_that_does_not_resolve(failure: Exception, transient: bool) -> None:
    def fail(_host: str, _port: int) -> list[str]:
        raise failure

    with pytest.raises(FetchError) as caught:
        Gate(resolve=fail).addresses(HOST, 443)
    assert (caught.value.reason, caught.value.transient) == (BlindReason.DNS, transient)


@pytest.mark.parametrize("addresses", [(), ("not an address",)])
def test_a_host_without_addresses(addresses: tuple[str, ...]) -> None:
    with pytest.raises(FetchError) as caught:
        Gate(resolve=answering(*addresses)).addresses(HOST, 443)
    assert caught.value.reason is BlindReason.DNS


@pytest.mark.parametrize("host", ["a..b", "a" * 70 + ".example"])
def test_hosts_no_resolver_takes(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        Gate().addresses(host, 80)
    assert caught.value.reason is BlindReason.DNS


@pytest.mark.parametrize(
    ("names", "address", "opens"),
    [
        (["10.0.0.0/8"], "10.2.3.4", True),
        (["10.0.0.0/8"], "11.2.3.4", True),
        (["10.0.0.0/8"], "192.168.0.1", False),
        (["10.0.0.0/8"], "127.0.0.1", False),
        (["127.0.0.1"], "127.0.0.1", True),
        (["127.0.0.1"], "127.0.0.2", False),
        (["[::1]"], "::1", True),
        (["169.254.0.0/16"], "169.254.169.254", True),
        (["fd00::/8", "10.1.0.0/16"], "fd00::1", True),
        ([HOST], "10.2.3.4", True),
        (["Help.Larkspur.Example."], "127.0.0.1", True),
        ([HOST], "169.254.169.254", False),
        ([HOST], "224.0.0.1", False),
        (["other.example"], "10.2.3.4", False),
        (["larkspur.example"], "10.2.3.4", False),
    ],
)
def test_named_networks_and_hosts_open_and_only_those(names: list[str], address: str, opens: bool) -> None:
    gate = Gate.opening(names, resolve=answering(address))
    if opens:
        assert gate.addresses(HOST, 443) == (address,)
    else:
        with pytest.raises(FetchError):
            gate.addresses(HOST, 443)


def test_a_host_is_opened_by_its_name_alone() -> None:
    gate = Gate.opening([HOST], resolve=answering("10.2.3.4"))
    with pytest.raises(FetchError):
        gate.addresses("10.2.3.4", 443)


def test_international_names_are_known_as_they_are_sent() -> None:
    gate = Gate.opening(["hilfe.lärkspur.example"], resolve=answering("10.2.3.4"))
    assert gate.addresses("hilfe.xn--lrkspur-5wa.example", 443) == ("10.2.3.4",)


def test_every_wrong_name_is_told() -> None:
    with pytest.raises(InputError) as caught:
        Gate.opening(["10.2.3.4/8", "10.0.0.300", "https://help.larkspur.example", "", "10.0.0.0/8"])
    problems = [
        (str(problem.place), problem.message.split(" is ")[0], problem.hint) for problem in caught.value.problems
    ]
    assert problems == [
        ("--allow-private", "'10.2.3.4/8'", "10.0.0.0/8"),
        ("--allow-private", "'10.0.0.300'", None),
        ("--allow-private", "'https://help.larkspur.example'", None),
        ("--allow-private", "''", None),
    ]


def test_networks_can_be_given_as_such() -> None:
    assert Gate((ip_network("10.0.0.0/8"),), resolve=answering("10.1.1.1")).addresses(HOST, 80) == ("10.1.1.1",)
