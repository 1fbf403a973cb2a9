"""Keep the library; note where a reason was used."""
