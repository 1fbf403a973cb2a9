"""The public ledger of promises: leaves with the acts, trees over them, heads, proofs."""

from .choices import LeafKind, SignerKind, StreamName, StreamState
from .errors import BadCountersignature, LedgerError, NoSuchHead, NoSuchProof, NotStopped
from .models import Head, HeadKey, Stream
from .operations.epochs import begin_epoch
from .operations.heads import (
    admit_countersigner,
    countersign,
    end_countersigner,
    know_countersigner,
    make_head,
)
from .operations.promising import promise
from .operations.publishing import publish, publish_signatures
from .operations.sealing import EVERY, anchor, resume, seal
from .operations.sealing_heads import seal_heads, want_seals
from .operations.stamping import stamp_heads, want_stamps
from .operations.telling import tell_stopped
from .ports import HeadSigner, LeafIn, Testimony, Witness, head_signer, signers, witnesses
from .queries.heads import (
    LedgerState,
    SignatureShown,
    checkpoint_of,
    get_head,
    heads_before,
    known_keys,
    latest_head,
    ledger_state,
    signatures_of,
    stamps_of,
)
from .queries.leaves import KeptLeaf, leaves_between, leaves_of
from .queries.proofs import Proof, proof_of
from .queries.published import published_file
from .queries.tiles import consistency_of, inclusion_of
from .queries.totals import MonthOfAgency, counted_months, months_of_agencies
from .queries.verifying import Finding, verify
from .rules.heads import fingerprint, is_signed, read_public_key
from .rules.leaves import SALT_LETTERS, is_salt, new_salt

__all__ = [
    "EVERY",
    "SALT_LETTERS",
    "BadCountersignature",
    "Finding",
    "Head",
    "HeadKey",
    "HeadSigner",
    "KeptLeaf",
    "LeafIn",
    "LeafKind",
    "LedgerError",
    "LedgerState",
    "MonthOfAgency",
    "NoSuchHead",
    "NoSuchProof",
    "NotStopped",
    "Proof",
    "SignatureShown",
    "SignerKind",
    "Stream",
    "StreamName",
    "StreamState",
    "Testimony",
    "Witness",
    "admit_countersigner",
    "anchor",
    "begin_epoch",
    "checkpoint_of",
    "consistency_of",
    "counted_months",
    "countersign",
    "end_countersigner",
    "fingerprint",
    "get_head",
    "head_signer",
    "heads_before",
    "inclusion_of",
    "is_salt",
    "is_signed",
    "know_countersigner",
    "known_keys",
    "latest_head",
    "leaves_between",
    "leaves_of",
    "ledger_state",
    "make_head",
    "months_of_agencies",
    "new_salt",
    "promise",
    "proof_of",
    "publish",
    "publish_signatures",
    "published_file",
    "read_public_key",
    "resume",
    "seal",
    "seal_heads",
    "signatures_of",
    "signers",
    "stamp_heads",
    "stamps_of",
    "tell_stopped",
    "verify",
    "want_seals",
    "want_stamps",
    "witnesses",
]
