"""What machines get of procedures and guides: the shapes of the answers, unknown as null."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, Field, StringConstraints, create_model

from content.models import Source
from content.projecting import UNKNOWN
from content.shapes import Audience, Level, Online, Procedure, Shape
from portal.machines import N_, Answer, Asked, Listed, Paging


class LevelAsked(StrEnum):
    """A level of government, or the procedures of which it is not known."""

    COMMUNE = Level.COMMUNE
    DISTRICT = Level.DISTRICT
    PROVINCE = Level.PROVINCE
    MINISTRY = Level.MINISTRY
    OTHER = Level.OTHER
    UNKNOWN = UNKNOWN


class AudienceAsked(StrEnum):
    """For whom a procedure is, or those of which it is not known."""

    CITIZEN = Audience.CITIZEN
    OVERSEAS = Audience.OVERSEAS
    FOREIGNER = Audience.FOREIGNER
    OFFICIAL = Audience.OFFICIAL
    BUSINESS = Audience.BUSINESS
    COOPERATIVE = Audience.COOPERATIVE
    ORGANISATION = Audience.ORGANISATION
    OTHER = Audience.OTHER
    UNKNOWN = UNKNOWN


FieldSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
OfficialCode = Annotated[str, StringConstraints(pattern=r"^[0-9]\.[0-9]{6}$")]
GuideSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]
Beginning = Annotated[str, StringConstraints(pattern=r"^[^\u0000-\u001f\u007f]*$", max_length=200)]
Language = Literal["vi", "en"]


def known_or_null(shape: type[Shape]) -> type[BaseModel]:
    """The same shape for machines: every part may be null, which means not known."""
    parts: Any = {
        name: (_known(part.annotation) | None, Field(description=part.description))
        for name, part in shape.model_fields.items()
    }
    return create_model(f"{shape.__name__}Record", __base__=Answer, **parts)


def _known(annotation: Any) -> Any:
    if get_origin(annotation) is Annotated:
        return _known(get_args(annotation)[0])
    if get_origin(annotation) is tuple:
        return tuple[_known(get_args(annotation)[0]), ...]  # type: ignore[misc] # made while running
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return known_or_null(annotation)
    return annotation


def known(value: Any) -> Any:
    """The value with null for what is not known: an empty text, an empty list, "unknown"."""
    if isinstance(value, dict):
        return {name: known(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [known(part) for part in value] or None
    return None if value in {"", UNKNOWN} else value


ProcedureRecord = known_or_null(Procedure)


class ProceduresAsked(Paging):
    field: FieldSlug = Field("", description=N_("Chỉ lĩnh vực có từ này, ví dụ ho-tich."))
    level: LevelAsked | None = Field(
        None, description=N_("Chỉ cấp này; unknown là các thủ tục chưa rõ cấp.")
    )
    audience: AudienceAsked | None = Field(
        None, description=N_("Chỉ đối tượng này; unknown là các thủ tục chưa rõ đối tượng.")
    )
    q: Beginning = Field(
        "", description=N_("Chỉ các thủ tục có tên bắt đầu bằng những chữ này, có dấu hay không.")
    )


class ProcedureAsked(Asked):
    code: OfficialCode = Field(description=N_("Mã thủ tục, ví dụ 1.001193."))


class GuidesAsked(Paging):
    language: Language = Field(
        "vi", description=N_("Ngôn ngữ; hướng dẫn chưa có bản tiếng Anh thì cho bản tiếng Việt.")
    )


class GuideAsked(Asked):
    slug: GuideSlug = Field(description=N_("Tên ngắn của hướng dẫn, như trong địa chỉ trang."))
    language: Language = Field("vi", description=N_("Ngôn ngữ; chưa có thì cho bản tiếng Việt."))


class FieldName(Answer):
    slug: str
    name: str


class Version(Answer):
    """Which version is shown, since when, and its fingerprint."""

    number: int = Field(ge=1, description=N_("Số của bản đang công bố."))
    published_at: datetime = Field(description=N_("Lúc bản này được công bố."))
    sha256: str = Field(description=N_("SHA-256 của văn bản chuẩn đã công bố."))


class ProcedureEntry(Answer):
    """A procedure in a list; null means not known, never none and never free."""

    code: str
    name: str
    url: str
    field: FieldName | None
    agency: str | None = Field(description=N_("Nơi giải quyết."))
    levels: tuple[Level, ...] | None = Field(description=N_("Cấp thực hiện."))
    time: str | None = Field(description=N_("Thời hạn, khi mọi cách nộp cùng một thời hạn."))
    online: Online | None = Field(description=N_("Mức nộp trực tuyến."))
    has_details: bool = Field(description=N_("Có giấy tờ và căn cứ pháp lý hay chưa."))
    version: Version


class ProcedureList(Listed):
    items: tuple[ProcedureEntry, ...]


class TakenIn(Answer):
    source: Source
    at: datetime


class ProcedureDetail(Answer):
    """One procedure as it is published, with where it came from."""

    code: str
    url: str
    listed: bool = Field(description=N_("Sai nếu do địa phương khác ban hành, giữ để tham khảo."))
    notice: str | None
    notice_en: str | None
    sources: tuple[TakenIn, ...] = Field(description=N_("Nguồn, tin cậy nhất trước."))
    version: Version
    procedure: ProcedureRecord  # type: ignore[valid-type] # made from the shape of procedures


class GuideEntry(Answer):
    slug: str
    language: Language
    title: str
    summary: str | None
    url: str
    version: Version


class GuideList(Listed):
    items: tuple[GuideEntry, ...]


class GuideDetail(GuideEntry):
    published_on: date | None
    checked_on: date | None
    procedures: tuple[str, ...] = Field(description=N_("Mã các thủ tục nói đến trong bài."))
    body: str = Field(description=N_("Nội dung, viết bằng Markdown (CommonMark)."))
