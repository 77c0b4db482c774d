"""Where code is: values that point at it."""

from msgspec import Struct


class LocalFileCodeReference(Struct, frozen=True, tag_field="in", tag="file", kw_only=True):
    """A line of a file of this machine.

    Args:
        file_path: the file.
        line_number: counted from 1.
        label: shown instead of both.
    """

    file_path: str
    line_number: int | None = None
    label: str | None = None

    @property
    def source(self) -> str:
        """File and line."""
        return self.file_path if self.line_number is None else f"{self.file_path}:{self.line_number}"


class UrlCodeReference(Struct, frozen=True, tag_field="in", tag="url", kw_only=True):
    """A line of a file in version control.

    Args:
        url: where it can be seen.
        label: shown instead.
    """

    url: str
    label: str | None = None

    @property
    def source(self) -> str:
        """The link."""
        return self.url
