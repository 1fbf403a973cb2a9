"""What a picture of a handwriting or a seal must be like, measured.

Source: docs/law/signatures.md
"""

import io
import warnings
from dataclasses import dataclass, field
from typing import TypeAlias

from PIL import Image, UnidentifiedImageError

from motcua.foundation.trust.choices import ImageKind
from motcua.foundation.trust.errors import NotACertificate

_MOST_BYTES = 3_000_000
_MOST_PIXELS = 4000
_SAMPLE = 300
_VISIBLE = 128
_LEAST_CLEAR_PERCENT = 20
_LEAST_INK_PERCENT = 80
_LEAST_DPI = 200
_STRAY_PERCENT = 6
_MM_PER_INCH = 25.4
_LEAST_MARGIN = 25
_SIZES = {ImageKind.HANDWRITING: (15, 90), ImageKind.SEAL: (20, 60)}
_MAGIC = b"\x89PNG\r\n\x1a\n"
_Pixel: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture that was looked at; `png` is written anew, without what else was in the file."""

    width_px: int
    height_px: int
    ink_percent: int
    png: bytes = field(repr=False)


def read_picture(content: bytes, kind: ImageKind) -> PictureFacts:
    """Return what a picture is like: drawn on nothing, handwriting in blue, seal in red.

    Raises: NotACertificate that says what is wrong with it.
    """
    image = _opened(content)
    pixels = _pixels(image)
    ink = [one for one in pixels if one[3] >= _VISIBLE]
    if not ink:
        raise _odd("Ảnh trống, không có nét nào.")
    if 100 - 100 * len(ink) // len(pixels) < _LEAST_CLEAR_PERCENT:
        raise _odd("Nền ảnh chưa trong suốt. Hãy xóa nền trắng rồi lưu lại dạng PNG.")
    is_right = _is_blue if kind == ImageKind.HANDWRITING else _is_red
    percent = 100 * sum(map(is_right, ink)) // len(ink)
    if percent < _LEAST_INK_PERCENT:
        wanted = "xanh" if kind == ImageKind.HANDWRITING else "đỏ"
        raise _odd(f"Mới có {percent}% nét vẽ màu {wanted}; cần ít nhất {_LEAST_INK_PERCENT}%.")
    return PictureFacts(image.width, image.height, percent, _written_anew(image))


def check_size(facts: PictureFacts, kind: ImageKind, width_mm: int, height_mm: int) -> None:
    """Raises: NotACertificate if the picture does not suit that size on paper.

    Units: millimetres.
    """
    least, most = _SIZES[kind]
    if not (least <= width_mm <= most and height_mm <= most):
        raise _odd(
            f"Chiều rộng phải từ {least} đến {most} mm, chiều cao không quá {most} mm.", "width_mm"
        )
    drawn, asked = facts.width_px / facts.height_px, width_mm / height_mm
    if abs(drawn / asked - 1) * 100 > _STRAY_PERCENT:
        height = round(width_mm / drawn)
        raise _odd(
            f"Tỷ lệ không khớp với ảnh: rộng {width_mm} mm thì cao {height} mm.", "height_mm"
        )
    dpi = facts.width_px / width_mm * _MM_PER_INCH
    if dpi < _LEAST_DPI:
        raise _odd(f"Ảnh chỉ có {dpi:.0f} điểm mỗi inch ở cỡ này; cần ít nhất {_LEAST_DPI}.")


def _opened(content: bytes) -> Image.Image:
    if len(content) > _MOST_BYTES:
        raise _odd("Ảnh nặng quá 3 MB.")
    if not content.startswith(_MAGIC):
        raise _odd("Ảnh phải là tệp PNG có nền trong suốt.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=["PNG"])
        if max(image.size) > _MOST_PIXELS:
            raise _odd(f"Ảnh quá lớn: mỗi chiều không quá {_MOST_PIXELS} điểm.")
        return image.convert("RGBA")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise _odd("Tệp PNG bị hỏng, không đọc được.") from error


def _pixels(image: Image.Image) -> list[_Pixel]:
    """Return points of the picture spread evenly, so that a large one costs no more."""
    sample = image.copy()
    sample.thumbnail((_SAMPLE, _SAMPLE), Image.Resampling.NEAREST)
    flat = sample.tobytes()
    return [(flat[i], flat[i + 1], flat[i + 2], flat[i + 3]) for i in range(0, len(flat), 4)]


def _is_blue(pixel: _Pixel) -> bool:
    red, green, blue, _ = pixel
    return blue - max(red, green) >= _LEAST_MARGIN


def _is_red(pixel: _Pixel) -> bool:
    red, green, blue, _ = pixel
    return red - max(green, blue) >= _LEAST_MARGIN


def _written_anew(image: Image.Image) -> bytes:
    """Return the picture alone: whatever else the file carried stays behind."""
    plain = Image.frombytes("RGBA", image.size, image.tobytes())
    written = io.BytesIO()
    plain.save(written, "PNG", optimize=True)
    return written.getvalue()


def _odd(message: str, field: str = "file") -> NotACertificate:
    return NotACertificate(message, field=field)
