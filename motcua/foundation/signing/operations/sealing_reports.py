"""Put the seal under the reports that visitors keep; only in the signer's process.

Not at the door: it imports the engine and opens a key.
"""

from datetime import datetime

from .report_papers import claim_report, end_report
from .reporting import report_from
from .sealing import report_pdf


def seal_reports(*, at: datetime, most: int = 1) -> int:
    """Seal what waits, the oldest first; return how many were worked on."""
    done = 0
    while done < most and (asked := claim_report(at)) is not None:
        report = report_from(asked.report)
        made = report_pdf(
            report, name=asked.file_name, as_of=asked.as_of, at=asked.as_of, sealed_at=at
        )
        end_report(asked, *made, at=at)
        done += 1
    return done
