"""How levels, audiences, channels and the like are called on pages and in addresses."""

from flask_babel import lazy_gettext as _l

from content.models import Origin, Source
from content.projecting import UNKNOWN
from content.shapes import Audience, Channel, Level, Online

LEVELS = {
    Level.COMMUNE: _l("Cấp xã"),
    Level.DISTRICT: _l("Cấp huyện"),
    Level.PROVINCE: _l("Cấp tỉnh"),
    Level.MINISTRY: _l("Cấp bộ, ngành"),
    Level.OTHER: _l("Cơ quan khác"),
    UNKNOWN: _l("Chưa rõ cấp"),
}
AUDIENCES = {
    Audience.CITIZEN: _l("Công dân Việt Nam"),
    Audience.OVERSEAS: _l("Người Việt Nam ở nước ngoài"),
    Audience.FOREIGNER: _l("Người nước ngoài"),
    Audience.OFFICIAL: _l("Cán bộ, công chức, viên chức"),
    Audience.BUSINESS: _l("Doanh nghiệp"),
    Audience.COOPERATIVE: _l("Hợp tác xã"),
    Audience.ORGANISATION: _l("Tổ chức khác"),
    Audience.OTHER: _l("Đối tượng khác"),
    UNKNOWN: _l("Chưa rõ đối tượng"),
}
CHANNELS = {
    Channel.DIRECT: _l("Trực tiếp"),
    Channel.ONLINE: _l("Trực tuyến"),
    Channel.POST: _l("Qua bưu chính"),
}
ONLINE = {
    Online.FULL: _l("Được, toàn bộ"),
    Online.PARTIAL: _l("Được một phần"),
    Online.OFFERED: _l("Được"),
    Online.NONE: _l("Không"),
    Online.UNKNOWN: _l("Chưa rõ"),
}
CAN_START_ONLINE = {Online.FULL, Online.PARTIAL, Online.OFFERED}
SOURCES = {
    Source.EDITED: _l("do cán bộ Trung tâm sửa"),
    Source.DETAILED: _l("từ Cơ sở dữ liệu quốc gia"),
    Source.CATALOGUE: _l("từ danh mục của Cơ sở dữ liệu quốc gia"),
    Source.LIBRARY: _l("do Trung tâm biên tập"),
}
ORIGINS = {
    Origin.EDITOR: _l("Cán bộ Trung tâm sửa"),
    Origin.LIBRARY: _l("Trung tâm biên tập"),
    Origin.IMPORT: _l("Lấy từ Cơ sở dữ liệu quốc gia"),
}

# What stands in addresses: /thu-tuc?cap=xa&doi-tuong=doanh-nghiep
LEVEL_WORDS = {
    "xa": Level.COMMUNE,
    "huyen": Level.DISTRICT,
    "tinh": Level.PROVINCE,
    "bo": Level.MINISTRY,
    "khac": Level.OTHER,
    "chua-ro": UNKNOWN,
}
AUDIENCE_WORDS = {
    "cong-dan": Audience.CITIZEN,
    "nguoi-viet-o-nuoc-ngoai": Audience.OVERSEAS,
    "nguoi-nuoc-ngoai": Audience.FOREIGNER,
    "can-bo": Audience.OFFICIAL,
    "doanh-nghiep": Audience.BUSINESS,
    "hop-tac-xa": Audience.COOPERATIVE,
    "to-chuc": Audience.ORGANISATION,
    "khac": Audience.OTHER,
    "chua-ro": UNKNOWN,
}
