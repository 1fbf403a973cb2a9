"""The counter officer's side: reception, waiting filings, hand-over, return of results."""
