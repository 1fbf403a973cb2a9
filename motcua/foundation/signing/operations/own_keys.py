"""With which certificate somebody signs own papers: asked of the service, chosen if several.

Not at the door: it waits for the network.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from motcua.foundation.identity import api as identity
from motcua.foundation.signing import ports
from motcua.foundation.signing.choices import OwnState
from motcua.foundation.signing.models import OwnSigning
from motcua.foundation.signing.rules.own import FOR_PERSON
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.tongue import said

_MOST_KEYS = 10
_NONE = said(
    "Dịch vụ này không có chứng thư nào đang dùng được của số đã nhập; hãy kiểm tra lại số."
)


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A key at the service that can sign today."""

    ref: str
    certificates: tuple[bytes, ...] = field(repr=False)
    consent: str = ""


def is_push(signing: OwnSigning) -> bool:
    """Say whether the service asks on the telephone."""
    return signing.service_code.partition(":")[0] in ports.push_signers


def find_key(signing: OwnSigning, *, at: datetime) -> FoundKey | None:
    """Return the key to sign with; None where the person has to choose first.

    Raises: HolderAway, HolderRefuses.
    Costs: network, ten seconds for the list and for each key of a service of the CSC kind.
    """
    found = [one for one in _keys(signing) if _is_usable(one, at)]
    chosen = [one for one in found if one.ref == signing.key_ref] if signing.key_ref else found
    if not chosen:
        raise ports.HolderRefuses(_NONE)
    if len(chosen) > 1:
        _let_choose(signing, chosen, at)
        return None
    _keep_key(signing, chosen[0])
    return chosen[0]


def _keys(signing: OwnSigning) -> Sequence[FoundKey]:
    user = identity.unseal_secret(signing.sealed_user)
    if is_push(signing):
        offered = ports.push_signer(signing.service_code).find_keys(user)
        return [FoundKey(one.key_ref, one.certificates) for one in offered[:_MOST_KEYS]]
    signer = ports.remote_signer(signing.service_code)
    refs = [signing.key_ref] if signing.key_ref else signer.find_keys(user)[:_MOST_KEYS]
    keys = [signer.get_key(ref) for ref in refs]
    return [FoundKey(one.key_ref, one.certificates, str(one.consent)) for one in keys]


def _is_usable(key: FoundKey, at: datetime) -> bool:
    try:
        facts = trust.read_certificate(key.certificates[0])
    except trust.NotACertificate as error:
        raise ports.HolderAway(said("Dịch vụ ký số trả lời điều không hiểu được.")) from error
    return facts.not_before <= at < facts.not_after


@work.story
def _let_choose(signing: OwnSigning, found: Sequence[FoundKey], at: datetime) -> None:
    rows = []
    for one in found:
        facts = trust.read_certificate(one.certificates[0])
        ends = facts.not_after.isoformat()
        rows.append({"ref": one.ref, "name": facts.subject_name, "ends": ends})
    OwnSigning.objects.filter(pk=signing.pk, state=OwnState.ASKED).update(
        state=OwnState.CHOOSING,
        keys=rows,
        next_try_at=at + FOR_PERSON,
        expires_at=at + FOR_PERSON,
        latest_error="",
    )


@work.story
def _keep_key(signing: OwnSigning, key: FoundKey) -> None:
    signing.key_ref, signing.latest_error = key.ref, ""
    signing.certificates = [b64encode(one).decode() for one in key.certificates]
    signing.subject_name = trust.read_certificate(key.certificates[0]).subject_name[:300]
    OwnSigning.objects.filter(pk=signing.pk, state=OwnState.ASKED).update(
        key_ref=signing.key_ref,
        certificates=signing.certificates,
        subject_name=signing.subject_name,
        latest_error="",
    )
