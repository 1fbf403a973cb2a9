"""How static files are stored: named by their content, gzip only."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class GzippedManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # -- untyped
    """Whitenoise takes brotli whenever it finds it, which makes collecting seven times slower."""

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(**options, use_brotli=False)
