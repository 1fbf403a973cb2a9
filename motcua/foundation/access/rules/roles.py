"""Which powers each role grants.

Source: docs/law/access.md
"""

from collections.abc import Mapping

from motcua.foundation.access.choices import Power
from motcua.foundation.organisation.api import PostRole

_DESK = frozenset(
    {
        Power.RECEIVE_DOSSIERS,
        Power.ASK_REFUNDS,
        Power.HAND_OVER_DOSSIERS,
        Power.RETURN_OUTCOMES,
        Power.SEARCH_PEOPLE,
        Power.UNMASK_PEOPLE,
        Power.TAKE_CASH,
    }
)
_HANDLER = frozenset(
    {
        Power.ASK_REFUNDS,
        Power.HANDLE_DOSSIERS,
        Power.DRAFT_DOCUMENTS,
        Power.SEARCH_PEOPLE,
        Power.UNMASK_PEOPLE,
        Power.SIGN_DOCUMENTS,
        Power.PROPOSE_AGENDA,
    }
)
_HEAD = frozenset(
    {
        Power.ARRANGE_DESKS,
        Power.APPROVE_REFUNDS,
        Power.ASSIGN_DOSSIERS,
        Power.APPROVE_DOSSIERS,
        Power.ISSUE_APOLOGIES,
        Power.STOP_DOSSIERS,
        Power.ALLOW_MORE_SUPPLEMENT,
        Power.EXPORT_DOSSIERS,
        Power.SEARCH_PEOPLE,
        Power.UNMASK_PEOPLE,
        Power.DRAFT_DOCUMENTS,
        Power.APPROVE_DOCUMENTS,
        Power.DIRECT_DOCUMENTS,
        Power.SIGN_DOCUMENTS,
        Power.ASSIGN_TASKS,
        Power.PROPOSE_AGENDA,
        Power.APPROVE_AGENDA,
    }
)
_ACCOUNTANT = frozenset(
    {
        Power.READ_CASHBOOK,
        Power.KEEP_CASHBOOK,
        Power.KEEP_RECEIPTS,
        Power.READ_PAYMENTS,
        Power.ASK_REFUNDS,
        Power.APPROVE_REFUNDS,
        Power.RECONCILE,
    }
)

ROLE_POWERS: Mapping[PostRole, frozenset[Power]] = {
    PostRole.DESK_OFFICER: _DESK,
    PostRole.DESK_HEAD: _DESK
    | {
        Power.APPOINT_HELPERS,
        Power.APPROVE_REFUNDS,
        Power.CORRECT_RECEPTION,
        Power.ARRANGE_DESKS,
        Power.ASSIGN_DOSSIERS,
        Power.STOP_DOSSIERS,
        Power.EXPORT_DOSSIERS,
        Power.SIGN_DOCUMENTS,
        Power.ASSIGN_TASKS,
        Power.PROPOSE_AGENDA,
    },
    PostRole.HANDLER: _HANDLER,
    PostRole.UNIT_HEAD: _HANDLER | _HEAD,
    PostRole.AGENCY_LEADER: _HEAD
    | {
        Power.APPOINT_HELPERS,
        Power.REVOKE_PAPERS,
        Power.READ_CASHBOOK,
        Power.READ_PAYMENTS,
        Power.APPROVE_WRITE_OFFS,
    },
    PostRole.REGISTRY_CLERK: frozenset(
        {
            Power.HAND_OVER_DOSSIERS,
            Power.SEARCH_PEOPLE,
            Power.SEAL_DOCUMENTS,
            Power.REGISTER_DOCUMENTS,
            Power.DRAFT_DOCUMENTS,
            Power.MANAGE_BOOKS,
            Power.PROPOSE_AGENDA,
            Power.RECEIVE_WORK_FILES,
        }
    ),
    PostRole.ACCOUNTANT: _ACCOUNTANT,
    PostRole.PROVINCE_MONITOR: frozenset(
        {
            Power.READ_ALL_DOSSIERS,
            Power.EXPORT_DOSSIERS,
            Power.SEARCH_PEOPLE,
            Power.READ_AUDIT,
            Power.READ_PAYMENTS,
        }
    ),
    PostRole.ADMINISTRATOR: frozenset(
        {
            Power.EDIT_PROCEDURES,
            Power.PUBLISH_PROCEDURES,
            Power.EDIT_ORGANISATION,
            Power.ADMINISTER_IDENTITY,
            Power.EDIT_CALENDARS,
            Power.READ_AUDIT,
            Power.MIGRATE_DATA,
            Power.READ_PAYMENTS,
            Power.CONFIGURE_PAYMENTS,
            Power.ADMINISTER_SIGNING,
            Power.PROPOSE_ANCHORS,
            Power.APPROVE_ANCHORS,
            Power.MANAGE_CONTRACTS,
            Power.KEEP_REASONS,
        }
    ),
    PostRole.HELPER: frozenset({Power.FILE_FOR_OTHERS}),
    PostRole.LIBRARIAN: frozenset({Power.KEEP_REASONS}),
}

# Powers over other people's rights and over what everybody sees: not without a second factor.
PRIVILEGED = frozenset(
    {
        Power.ADMINISTER_IDENTITY,
        Power.EDIT_ORGANISATION,
        Power.PUBLISH_PROCEDURES,
        Power.EDIT_CALENDARS,
        Power.CONFIGURE_PAYMENTS,
        Power.ADMINISTER_SIGNING,
        Power.PROPOSE_ANCHORS,
        Power.APPROVE_ANCHORS,
        Power.MANAGE_CONTRACTS,
        Power.MIGRATE_DATA,
    }
)
