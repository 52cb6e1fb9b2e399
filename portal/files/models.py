"""Which files are kept, each once, under the fingerprint of its bytes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime


class StoredFile(Base):
    """One file in the folder of files; who may see it is a matter of the room that kept it.

    `size` is in bytes; width and height, in pixels, are known of pictures only.
    """

    __tablename__ = "stored_files"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    media_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
