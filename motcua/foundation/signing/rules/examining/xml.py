"""Tell what the signatures of an XML document are worth, or of one that lies beside its file.

What a person is told to be signed is what every program takes for signed; parts that no signature
covers are named, for that is where a forger puts his own (signature wrapping).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree

from motcua.lib.safexml import MOST_BYTES, BrokenXml, UnsafeXml, read_xml

from .cautions import WEAK_DIGESTS, about_strength, about_time
from .certificates import (
    UNREADABLE_CERTIFICATE,
    believed,
    certificates_shown,
    name_of,
    organisation_of,
    trust_of,
)
from .chains import chain_trouble, stamp_signer
from .judging import indication_of, name_of_sub
from .numbers import numbers_in
from .report import SIGNER, STAMPER, Indication, Report, SignatureShown, Verdict, World, worst_of
from .words import (
    DAMAGED_XML,
    DECLARES,
    OLD_FORM,
    PARTLY,
    TOO_LARGE,
    TOO_MUCH,
    UNREADABLE,
    UNSIGNED,
    clean,
    verdict,
)
from .xml_coverage import content_of, covers, loose_parts
from .xml_facts import Facts, facts_of
from .xml_parts import Beside, Element, NotReadHere, signatures_in
from .xml_proof import proof_of
from .xml_properties import claimed_at, level_of, stamps_of

_MOST_SIGNATURES = 50
_MARK = b"SignatureValue"


def examine_xml(content: bytes, world: World, beside: Beside = None) -> Report:
    """Return what the signatures of an XML document are worth at the moment of `world`.

    `beside` is what is signed, where the signature lies apart from it: one file, or many by name.
    """
    digest, size = sha256(content).hexdigest(), len(content)
    try:
        root = read_xml(content)
    except UnsafeXml:
        return Report(digest, size, TOO_LARGE if size > MOST_BYTES else DECLARES)
    except BrokenXml:
        return _damaged(content, digest)
    signatures = signatures_in(root)
    if len(signatures) > _MOST_SIGNATURES:
        return Report(digest, size, TOO_MUCH)
    report = _report(root, signatures, world, beside)
    return replace(report, sha256=digest, size=size)


def _damaged(content: bytes, digest: str) -> Report:
    """Tell a damaged document with a signature from one without."""
    if _MARK in content.replace(b"\0", b""):
        found = verdict(Indication.FAILED, UNREADABLE)
        return Report(digest, len(content), found, unreadable=("không rõ chỗ",))
    return Report(digest, len(content), DAMAGED_XML)


def _report(root: Element, signatures: list[Element], world: World, beside: Beside) -> Report:
    shown: list[SignatureShown] = []
    unreadable: list[str] = []
    verdicts: list[Verdict] = []
    held: list[Element] = []
    for signature in signatures:
        found = _one(signature, world, beside)
        if isinstance(found, Verdict):
            verdicts.append(found)
            unreadable.append(_place(signature))
            continue
        facts, told = found
        shown.append(told)
        verdicts.append(told.verdict)
        held += [part.target for part in facts.covered if part.target is not None]
    if not verdicts:
        return Report("", 0, UNSIGNED)
    worst, loose = worst_of(verdicts), loose_parts(root, held)
    named = ", ".join(f"“{name}”" for name in loose)
    if worst.indication == Indication.PASSED and loose:
        worst = verdict(Indication.INDETERMINATE, PARTLY, f"Đó là: {named}.")
    warnings = (f"Phần không có chữ ký nào bao phủ: {named}.",) if loose else ()
    return Report("", 0, worst, tuple(shown), tuple(unreadable), warnings=warnings)


def _one(
    signature: Element, world: World, beside: Beside
) -> tuple[Facts, SignatureShown] | Verdict:
    """Return what there is to say of one signature, or why it cannot be read."""
    try:
        facts = facts_of(signature, beside)
        return facts, _shown(facts, world, beside)
    except NotReadHere:
        return verdict(Indication.INDETERMINATE, OLD_FORM)
    except (*UNREADABLE_CERTIFICATE, KeyError, AttributeError, etree.LxmlError):
        return verdict(Indication.FAILED, UNREADABLE)


def _place(signature: Element) -> str:
    """Return how people may find a signature: its id, or between which names it stands."""
    above = signature.getparent()
    found = signature.get("Id") or (etree.QName(above).localname if above is not None else "")
    return clean(str(found)) or "Signature"


def _shown(facts: Facts, world: World, beside: Beside) -> SignatureShown:
    one, der = facts.certificate, facts.der
    known = replace(
        world,
        others=(*world.others, *facts.embedded),
        crls=(*world.crls, *facts.evidence.crls),
        ocsps=(*world.ocsps, *facts.evidence.ocsps),
    )
    claimed = claimed_at(facts.signature, facts.covered)
    proof = proof_of(facts, known, beside)
    proven, by = proof.proven_at, proof.proven_by
    trust = trust_of(der, facts.embedded, world)
    judged = facts.trouble or _judged(facts, proven, known)
    then = proven or claimed or world.at
    certificates = list(certificates_shown(SIGNER, der, facts.embedded, known, at=then))
    tokens = (stamp_signer(one.token) for one in stamps_of(facts.signature))
    stampers = dict.fromkeys(one for one in tokens if one is not None)
    return SignatureShown(
        field_name=_place(facts.signature),
        role="",
        signer=name_of(one.subject),
        organisation=organisation_of(one.subject),
        issuer=name_of(one.issuer),
        serial=f"{one.serial_number:x}",
        certificate_sha256=facts.certificate_sha256,
        valid_from=one.not_valid_before_utc,
        valid_to=one.not_valid_after_utc,
        then=certificates[0].then,
        now=certificates[0].now,
        claimed_at=claimed,
        proven_at=proven,
        proven_by=by,
        level=level_of(facts.signature, facts.properties, is_archived=proof.is_archived),
        algorithm=_algorithm(facts),
        covers=covers(content_of(facts.signature, facts.covered)),
        changes=(),
        warnings=(*_warnings(facts, claimed, proven, world), *proof.warnings),
        trust=trust,
        verdict=believed(judged, der, trust, known, at=proven or world.at),
        certificates=(
            *certificates,
            *(
                next(certificates_shown(STAMPER, one, facts.embedded, known, at=then))
                for one in stampers
            ),
        ),
        numbers=numbers_in(der),
    )


def _judged(facts: Facts, proven: datetime | None, world: World) -> Verdict:
    """Return the verdict by the certificate, at the moment proven or else now."""
    if facts.method.digest in WEAK_DIGESTS or any(
        part.digest in WEAK_DIGESTS for part in facts.covered
    ):
        return verdict(Indication.INDETERMINATE, "CRYPTO_CONSTRAINTS_FAILURE")
    trouble = chain_trouble(facts.der, proven or world.at, world, looks_back=proven is not None)
    if trouble is None:
        return verdict(Indication.PASSED)
    return verdict(indication_of(trouble), name_of_sub(trouble))


def _algorithm(facts: Facts) -> str:
    kind, bits = _key_of(facts)
    return f"{kind.upper()}-{bits}, {facts.method.digest.upper()}"


def _key_of(facts: Facts) -> tuple[str, int]:
    key = facts.certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "rsa", key.key_size
    return ("ec", key.key_size) if isinstance(key, ec.EllipticCurvePublicKey) else ("?", 0)


def _warnings(
    facts: Facts, claimed: datetime | None, proven: datetime | None, world: World
) -> Iterator[str]:
    yield from about_time(claimed, proven, world.at)
    digests = {facts.method.digest, *(part.digest for part in facts.covered)}
    for digest in sorted(digests):
        yield from about_strength(digest, "", 0)
    yield from about_strength("", *_key_of(facts))
