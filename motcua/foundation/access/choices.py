"""The powers there are."""

from enum import StrEnum


class Power(StrEnum):
    """What somebody may do, as `module.verb`; a role grants it for the units below its post."""

    RECEIVE_DOSSIERS = "dossiers.receive"
    CORRECT_RECEPTION = "dossiers.correct_reception"
    HAND_OVER_DOSSIERS = "dossiers.hand_over"
    RETURN_OUTCOMES = "dossiers.return_outcome"
    HANDLE_DOSSIERS = "dossiers.handle"
    ASSIGN_DOSSIERS = "dossiers.assign"
    APPROVE_DOSSIERS = "dossiers.approve"
    ISSUE_APOLOGIES = "dossiers.issue_apology"
    STOP_DOSSIERS = "dossiers.stop"
    ALLOW_MORE_SUPPLEMENT = "dossiers.allow_more_supplement"
    READ_ALL_DOSSIERS = "dossiers.read_all"
    EXPORT_DOSSIERS = "dossiers.export"
    UNMASK_PEOPLE = "people.unmask"
    SEARCH_PEOPLE = "people.search"
    EDIT_PROCEDURES = "procedures.edit"
    PUBLISH_PROCEDURES = "procedures.publish"
    EDIT_ORGANISATION = "organisation.edit"
    ADMINISTER_IDENTITY = "identity.administer"
    EDIT_CALENDARS = "calendar.edit"
    READ_AUDIT = "audit.read"
