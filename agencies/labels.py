"""How the levels of units are called on pages, and the lists of procedures done there."""

from flask_babel import lazy_gettext as _l

from agencies.contact_models import Part
from agencies.models import Level

LEVELS = {
    Level.PROVINCE: _l("Tỉnh, thành phố trực thuộc trung ương"),
    Level.CENTRE: _l("Trung tâm Phục vụ hành chính công"),
    Level.DEPARTMENT: _l("Sở, ban, ngành"),
    Level.DISTRICT: _l("Huyện, thị xã, thành phố thuộc tỉnh"),
    Level.COMMUNE: _l("Xã, phường, thị trấn, đặc khu"),
}
# What stands in the address of the list of procedures, /thu-tuc?cap=xa, and on the link to it.
PROCEDURES = {
    Level.PROVINCE: ("tinh", _l("Thủ tục làm ở cấp tỉnh")),
    Level.CENTRE: ("tinh", _l("Thủ tục làm ở cấp tỉnh")),
    Level.DEPARTMENT: ("tinh", _l("Thủ tục làm ở cấp tỉnh")),
    Level.DISTRICT: ("huyen", _l("Thủ tục làm ở cấp huyện")),
    Level.COMMUNE: ("xa", _l("Thủ tục làm ở cấp xã")),
}
PARTS = {
    Part.ADDRESS: _l("Địa chỉ"),
    Part.PHONE: _l("Điện thoại"),
    Part.EMAIL: _l("Thư điện tử"),
    Part.HOURS: _l("Giờ làm việc"),
    Part.PLACE: _l("Tọa độ trên bản đồ"),
    Part.SERVICES: _l("Việc làm tại đây"),
}
