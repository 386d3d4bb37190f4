"""Uploaded pictures: looked at, encoded anew, and only then kept. What an editor sends is never served as it came."""

from __future__ import annotations

import hashlib
import io
import warnings

from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000
SIDE = 1600  # pixels of the longer side that are kept
FORMATS = ("JPEG", "PNG", "WEBP")


class PictureForm(forms.Form):
    """A picture with all that must stand beside it."""

    file = forms.FileField(label=gettext_lazy("Picture"), help_text=gettext_lazy("JPEG, PNG or WebP, up to 8 MB."))
    alt = forms.CharField(
        label=gettext_lazy("What it shows"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For readers who do not see it."),
    )  # fmt: skip
    caption = forms.CharField(label=gettext_lazy("Caption"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=200)
    licence = forms.CharField(
        label=gettext_lazy("Licence"), max_length=200,
        help_text=gettext_lazy("By which right you publish it: CC BY 4.0, agency contract, own picture."),
    )  # fmt: skip

    def clean_file(self) -> tuple[bytes, int, int]:
        """Our encoding of it, with width and height."""
        return encoded(self.cleaned_data["file"])


def encoded(upload: UploadedFile) -> tuple[bytes, int, int]:
    """The picture as a fresh JPEG of at most 1600 pixels, without any of its metadata; ValidationError tells why not."""
    if (upload.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("The file is larger than 8 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise forms.ValidationError(_("The picture has too many pixels."))
                turned = ImageOps.exif_transpose(image)
                flat = Image.new("RGB", turned.size, "white")
                seen = turned.convert("RGBA")
                flat.paste(seen, mask=seen.getchannel("A"))
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise forms.ValidationError(_("This is no JPEG, PNG or WebP picture.")) from error
    except (OSError, ValueError, SyntaxError) as error:  # a file that breaks off, or lies about itself
        raise forms.ValidationError(_("The picture is damaged.")) from error
    flat.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=84, optimize=True, progressive=True)
    return out.getvalue(), flat.width, flat.height


def keep(body: bytes) -> str:
    """Store the bytes under their hash; return the name."""
    name = f"{hashlib.sha256(body).hexdigest()[:40]}.jpg"
    if not default_storage.exists(f"pictures/{name}"):
        default_storage.save(f"pictures/{name}", ContentFile(body))
    return name
