"""Feeds lead nowhere but to the open internet."""

import pytest

from detente.sources.address import is_public
from detente.sources.fetch import Fetcher, FetchError


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e", "2002:5db8:d70e::"]
)
def test_open(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:a00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
        "2002:a00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_closed(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    ["http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://[::ffff:127.0.0.1]/",
     "http://user@127.0.0.1/", "http://localhost.:80/"],
)  # fmt: skip
def test_other_ways_to_write_a_private_address(url):
    with pytest.raises(FetchError, match=r"private network|Name or service|not known|No address"):
        Fetcher(pause=0, timeout=2).get(url)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://example.org/", "ftp://example.org/", "//127.0.0.1/", "javascript:alert(1)"]
)
def test_other_schemes(url):
    with pytest.raises(FetchError, match="no address of the web"):
        Fetcher(pause=0).get(url)
