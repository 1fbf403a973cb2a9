"""What of a dossier its applicant is shown: what passes between officers stays theirs.

Source: docs/law/one-stop.md
"""

from motcua.casework.dossiers.choices import Act

# What passes between officers; the applicant reads messages in the thread.
INTERNAL_ACTS = frozenset(
    {Act.ASSIGN, Act.RETURN_STEP, Act.WRITE_MESSAGE, Act.CORRECT, Act.ADD_PHOTO}
)
# Acts whose words are meant for the applicant.
SPOKEN_ACTS = frozenset(
    {
        Act.GUIDE,
        Act.REFUSE,
        Act.ASK_PAYMENT,
        Act.ASK_SUPPLEMENT,
        Act.STOP,
        Act.APOLOGISE,
        Act.EXTEND,
        Act.PLAN_VISIT,
        Act.CONVENE,
        Act.WITHDRAW,
        Act.CORRECT_ANSWERS,
        Act.REBASE,
    }
)
