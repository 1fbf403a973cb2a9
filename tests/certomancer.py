"""An authority of somebody else's making, as a real process: certomancer's TSA, OCSP and CRLs."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import yaml
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from motcua.foundation.trust.tests.make import Key, Pair

KEYS = {
    "root": "rsa3072",
    "between": "rsa3072",
    "stamper": "rsa2048",
    "responder": "rsa2048",
    "leader": "rsa2048",
    "seal": "p256",
}
NAMES = {
    "root": "Gốc thử nghiệm",
    "between": "Cấp dưới thử nghiệm",
    "stamper": "Dấu thời gian thử nghiệm",
    "responder": "Trả lời tình trạng thử nghiệm",
    "leader": "Nguyễn Thị Hoa",
    "seal": "UBND xã Mường Phăng",
}
PATIENCE_S = 30


@dataclass(frozen=True, eq=False)
class Certomancer:
    """A running certomancer: where it answers, and what it has issued."""

    address: str
    folder: Path
    pairs: dict[str, Pair]

    @property
    def stamps_at(self) -> str:
        return f"{self.address}/world/tsa/tsa"


@contextmanager
def running(folder: Path, *, at: datetime) -> Iterator[Certomancer]:
    """Start certomancer with an authority made for this run."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    _write_keys(folder)
    config = folder / "certomancer.yml"
    config.write_text(yaml.safe_dump(_config(address, at), allow_unicode=True))
    program = Path(sys.executable).with_name("certomancer")
    process = subprocess.Popen(  # noqa: S603 -- a program of the test requirements
        [program, "--config", config, "--key-root", folder, "animate", "--port", f"{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{address}/world/crls/root/latest.crl")
        yield Certomancer(address, folder, _pairs(config, folder))
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            urlopen(address, timeout=2).close()  # noqa: S310 -- our own process
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


@lru_cache(maxsize=16)
def make_key(kind: str) -> Key:
    """Return a new key of a kind such as “rsa2048” or “p384”."""
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))
    return ec.generate_private_key(ec.SECP384R1() if kind == "p384" else ec.SECP256R1())


def _write_keys(folder: Path) -> None:
    for name, kind in KEYS.items():
        make_key.cache_clear()
        key = make_key(kind)
        content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.pem").write_bytes(content)


def _pairs(config: Path, folder: Path) -> dict[str, Pair]:
    world = CertomancerConfig.from_file(f"{config}", f"{folder}").get_pki_arch(ArchLabel("world"))
    pairs = {}
    for name in KEYS:
        der = world.get_cert(CertLabel(name)).dump()
        key = load_pem_private_key((folder / f"{name}.pem").read_bytes(), None)
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise TypeError(name)
        pairs[name] = Pair(x509.load_der_x509_certificate(der), key)
    (folder / "root.crt").write_bytes(pairs["root"].certificate.public_bytes(Encoding.PEM))
    return pairs


def _config(address: str, at: datetime) -> dict[str, Any]:
    return {
        "external-url-prefix": address,
        "keysets": {"world": {"path-prefix": ".", "keys": {n: {"path": f"{n}.pem"} for n in KEYS}}},
        "pki-architectures": {
            "world": {
                "keyset": "world",
                "entity-defaults": {"country-name": "VN"},
                "entities": {name: {"common-name": words} for name, words in NAMES.items()},
                "certs": _certs(at),
                "services": _services(),
            }
        },
    }


def _certs(at: datetime) -> dict[str, Any]:
    days = {
        "valid-from": f"{at - timedelta(days=30):%Y-%m-%dT%H:%M:%S+0000}",
        "valid-to": f"{at + timedelta(days=3000):%Y-%m-%dT%H:%M:%S+0000}",
    }

    def one(name: str, issuer: str, **more: Any) -> dict[str, Any]:
        who = {"subject": name, "issuer": issuer, "subject-key": name, "authority-key": issuer}
        return {**who, "validity": days, **more}

    def authority(name: str, issuer: str, **params: Any) -> dict[str, Any]:
        return one(name, issuer, profiles=[{"id": "simple-ca", "params": params}])

    lists = {"crl-repo": "between", "ocsp-service": "between"}
    return {
        "root": authority("root", "root", **{"max-path-len": 1, "crl-repo": "root"}),
        "between": authority("between", "root", **{"max-path-len": 0, **lists}),
        "stamper": one("stamper", "root", extensions=[_use("time_stamping"), _usage()]),
        "responder": one(
            "responder",
            "between",
            extensions=[_use("ocsp_signing", is_critical=False), {"id": "ocsp_no_check"}, _usage()],
        ),
        "leader": one("leader", "between", extensions=[_usage("non_repudiation")]),
        "seal": one("seal", "between", extensions=[_usage("non_repudiation")]),
    }


def _use(name: str, *, is_critical: bool = True) -> dict[str, Any]:
    return {"id": "extended_key_usage", "critical": is_critical, "value": [name]}


def _usage(*more: str) -> dict[str, Any]:
    params = {"schema": "key-usage", "params": ["digital_signature", *more]}
    return {"id": "key_usage", "critical": True, "smart-value": params}


def _services() -> dict[str, Any]:
    return {
        "ocsp": {
            "between": {
                "for-issuer": "between",
                "responder-cert": "responder",
                "signing-key": "responder",
            }
        },
        "crl-repo": {
            name: {"for-issuer": name, "signing-key": name, "simulated-update-schedule": "P1D"}
            for name in ("root", "between")
        },
        "time-stamping": {"tsa": {"signing-key": "stamper", "signing-cert": "stamper"}},
    }
