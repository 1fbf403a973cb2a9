"""An authority that issues certificates without legal value: a root, a CA below it, leaves, CRLs.

Its keys and certificates are made at the first use and kept in one folder, with the address at
which `simulators.trust` answers for it: certificates name it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from .ports import free_port

MARK = "MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
ROOT, BETWEEN = "Gốc chứng thực minh họa", "Chứng thực minh họa cơ quan nhà nước"
STAMPER, RESPONDER = "Dấu thời gian minh họa", "Trả lời tình trạng chứng thư minh họa"
AUTHORITY_BITS, HOLDER_BITS, EXPONENT = 3072, 2048, 65537
AUTHORITY_DAYS, HOLDER_DAYS, CRL_DAYS = 3650, 1095, 30
A_DAY = timedelta(days=1)
Builder = x509.CertificateBuilder


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        """Return the certificate as others get it."""
        return self.certificate.public_bytes(Encoding.DER)


class Authority:
    """The root and the CA below it, kept in `folder`; made there if it is empty."""

    def __init__(self, folder: Path, *, at: datetime, address: str = "") -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.address = self._kept_address(address)
        self.root = self._kept("root") or self._keep("root", _made_root(at))
        self.between = self._kept("between") or self._keep("between", self._made_between(at))
        self.stamper = self._kept("stamper") or self._keep("stamper", self._made_stamper(at))
        self.responder = self._kept("responder") or self._keep(
            "responder", self._made_responder(at)
        )

    def issue(self, name: str, organisation: str, *, at: datetime, number: str = "") -> Pair:
        """Return a new certificate with a new key for a person or an agency.

        `number` is who that is in a register, such as “CCCD:…” or “MST:…”.
        """
        key = _new_key(HOLDER_BITS)
        subject = _name(name, f"{organisation} – {MARK}" if organisation else MARK, number)
        usage = _usage(digital_signature=True, content_commitment=True)
        builder = _builder(subject, self.between.certificate.subject, key, at, HOLDER_DAYS)
        builder = self._with_addresses(builder, "between").add_extension(usage, critical=True)
        return Pair(_signed(builder, self.between), key)

    def has_issued(self, content: bytes) -> bool:
        """Say whether a certificate in PEM comes from this authority."""
        certificate = x509.load_pem_x509_certificate(content)
        try:
            certificate.verify_directly_issued_by(self.between.certificate)
        except (ValueError, TypeError, InvalidSignature):
            return False
        return True

    def crls(self, *, at: datetime) -> Iterator[bytes]:
        """Yield what each of the two says of revoked certificates."""
        yield self.crl("root", at=at)
        yield self.crl("between", at=at)

    def crl(self, name: str, *, at: datetime) -> bytes:
        """Return the list of revoked certificates of “root” or “between”."""
        issuer = self.root if name == "root" else self.between
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.certificate.subject)
            .last_update(at)
            .next_update(at + CRL_DAYS * A_DAY)
            .add_extension(_identifier_of(issuer), critical=False)
            .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        )
        for serial, since in self.revoked().items() if name == "between" else ():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def revoke(self, serial: int, *, at: datetime) -> None:
        """Say from now on that a certificate was revoked."""
        kept = {f"{one}": since.isoformat() for one, since in self.revoked().items()}
        kept[f"{serial}"] = at.isoformat()
        (self.folder / "revoked.json").write_text(json.dumps(kept))

    def revoked(self) -> dict[int, datetime]:
        """Return the serial numbers of revoked certificates, and since when."""
        path = self.folder / "revoked.json"
        rows = json.loads(path.read_text()) if path.exists() else {}
        return {int(serial): datetime.fromisoformat(since) for serial, since in rows.items()}

    def _made_between(self, at: datetime) -> Pair:
        key, name = _new_key(AUTHORITY_BITS), _name(BETWEEN, MARK)
        builder = _builder(name, self.root.certificate.subject, key, at, AUTHORITY_DAYS)
        builder = _as_authority(self._with_addresses(builder, "root"), below=0)
        return Pair(_signed(builder, self.root), key)

    def _made_stamper(self, at: datetime) -> Pair:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        key, builder = self._service(STAMPER, at)
        builder = self._with_addresses(builder, "between").add_extension(use, critical=True)
        return Pair(_signed(builder, self.between), key)

    def _made_responder(self, at: datetime) -> Pair:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        key, builder = self._service(RESPONDER, at)
        builder = builder.add_extension(use, critical=False)
        builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
        return Pair(_signed(builder, self.between), key)

    def _service(self, name: str, at: datetime) -> tuple[rsa.RSAPrivateKey, Builder]:
        key = _new_key(HOLDER_BITS)
        above = self.between.certificate.subject
        builder = _builder(_name(name, MARK), above, key, at, AUTHORITY_DAYS - 1)
        return key, builder.add_extension(_usage(digital_signature=True), critical=True)

    def _with_addresses(self, builder: Builder, issuer: str) -> Builder:
        """Let a certificate say where its status is asked."""
        lists = x509.UniformResourceIdentifier(f"{self.address}/crl/{issuer}")
        point = x509.DistributionPoint([lists], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        if issuer == "root":
            return builder
        asked = x509.UniformResourceIdentifier(f"{self.address}/ocsp")
        access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, asked)
        return builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)

    def _kept_address(self, given: str) -> str:
        path = self.folder / "address"
        if given or not path.exists():
            path.write_text(given or f"http://127.0.0.1:{free_port()}")
        return path.read_text()

    def _kept(self, name: str) -> Pair | None:
        path = self.folder / f"{name}.crt"
        if not path.exists():
            return None
        key = load_pem_private_key((self.folder / f"{name}.pem").read_bytes(), None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError(f"{name}.pem is not a key of ours")
        return Pair(x509.load_pem_x509_certificate(path.read_bytes()), key)

    def _keep(self, name: str, pair: Pair) -> Pair:
        write_key(self.folder / f"{name}.pem", pair.key)
        path = self.folder / f"{name}.crt"
        path.write_bytes(pair.certificate.public_bytes(Encoding.PEM))
        return pair


def write_key(path: Path, key: rsa.RSAPrivateKey) -> None:
    """Write a key where only its owner reads it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _made_root(at: datetime) -> Pair:
    key, name = _new_key(AUTHORITY_BITS), _name(ROOT, MARK)
    builder = _as_authority(_builder(name, name, key, at, AUTHORITY_DAYS), below=1)
    return Pair(builder.sign(key, hashes.SHA256()), key)


def _new_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(EXPONENT, bits)


def _name(common: str, organisation: str, number: str = "") -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
            *([x509.NameAttribute(NameOID.USER_ID, number)] if number else []),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, at: datetime, days: int
) -> Builder:
    """Return what all certificates share; they count from the day before."""
    return (
        Builder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - A_DAY)
        .not_valid_after(at + days * A_DAY)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _as_authority(builder: Builder, *, below: int) -> Builder:
    constraints = x509.BasicConstraints(ca=True, path_length=below)
    usage = _usage(key_cert_sign=True, crl_sign=True)
    return builder.add_extension(constraints, critical=True).add_extension(usage, critical=True)


def _signed(builder: Builder, issuer: Pair) -> x509.Certificate:
    builder = builder.add_extension(_identifier_of(issuer), critical=False)
    return builder.sign(issuer.key, hashes.SHA256())


def _identifier_of(issuer: Pair) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())


_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def _usage(**uses: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**(dict.fromkeys(_USES, False) | uses))
