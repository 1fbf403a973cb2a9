"""Networks an application may call from."""

from collections.abc import Collection, Iterable
from ipaddress import ip_address, ip_network

from motcua.lib.errors import BadInput

MOST_NETWORKS = 50


def tidy_networks(lines: Iterable[str]) -> list[str]:
    """Return networks as they are written (CIDR), each once. Raises: BadInput naming the line."""
    found: dict[str, None] = {}
    for line in lines:
        try:
            found[str(ip_network(line.strip(), strict=False))] = None
        except ValueError as error:
            raise BadInput(
                f"“{line.strip()[:60]}” không phải địa chỉ mạng; ví dụ 203.0.113.0/24.",
                field="networks",
            ) from error
    if len(found) > MOST_NETWORKS:
        raise BadInput(f"Nhiều nhất {MOST_NETWORKS} mạng.", field="networks")
    return list(found)


def is_within(address: str, networks: Collection[str]) -> bool:
    """Say whether an address is in one of the networks; none named means anywhere."""
    if not networks:
        return True
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    return any(asked in ip_network(one) for one in networks)
