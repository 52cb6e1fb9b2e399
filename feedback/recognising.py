"""Notices in a message what must go another way: a denunciation, a complaint, a danger."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class OtherWay(StrEnum):
    """What follows a law of its own and is no feedback or petition."""

    DENUNCIATION = "denunciation"
    COMPLAINT = "complaint"


class Alarm(StrEnum):
    """A danger that cannot wait for the queue, the most urgent first."""

    SELF_HARM = "self_harm"
    CHILD_ABUSE = "child_abuse"
    THREAT = "threat"
    BRIBERY = "bribery"


@dataclass(frozen=True)
class Help:
    """What the sender is shown at once: a sentence, and numbers to call with whose they are."""

    words: LazyString
    numbers: tuple[tuple[str, LazyString], ...]


Found = TypeVar("Found", OtherWay, Alarm)

POLICE = ("113", _l("Công an"))
AMBULANCE = ("115", _l("Cấp cứu y tế"))
CHILDREN = ("111", _l("Tổng đài quốc gia bảo vệ trẻ em"))

HELP: dict[Alarm, Help] = {
    Alarm.SELF_HARM: Help(
        _l("Nếu ông/bà hoặc ai đó đang nguy hiểm đến tính mạng, hãy gọi ngay, đừng chờ trả lời."),
        (AMBULANCE, POLICE),
    ),
    Alarm.CHILD_ABUSE: Help(
        _l("Nếu một trẻ em đang bị xâm hại hoặc bạo hành, hãy gọi ngay, đừng chờ trả lời."),
        (CHILDREN, POLICE),
    ),
    Alarm.THREAT: Help(
        _l("Nếu có người đang bị đe dọa, hãy gọi ngay, đừng chờ trả lời."), (POLICE,)
    ),
    Alarm.BRIBERY: Help(
        _l("Đòi tiền ngoài phí, lệ phí là trái pháp luật. Ông/bà có thể báo ngay cho công an."),
        (POLICE,),
    ),
}

# Whole phrases with their marks: "khiếu nại" alone is also said by who asks how to complain.
_OTHER_WAYS = {
    OtherWay.DENUNCIATION: r"đơn tố cáo|tôi tố cáo|tố cáo (?:ông|bà|anh|chị|cán bộ|hành vi|việc)"
    r"|làm đơn tố cáo|xin tố cáo|muốn tố cáo|đứng tên tố cáo",
    OtherWay.COMPLAINT: r"đơn khiếu nại|tôi khiếu nại|khiếu nại quyết định|xin khiếu nại"
    r"|muốn khiếu nại|khiếu nại (?:lần đầu|lần hai)",
}
_ALARMS = {
    Alarm.SELF_HARM: r"tự tử|tự sát|tự vẫn|muốn chết|không muốn sống|tự thiêu"
    r"|kết liễu (?:đời|cuộc đời)|không thiết sống|chết cho xong|suicide|kill myself|end my life",
    Alarm.CHILD_ABUSE: r"xâm hại (?:tình dục )?(?:trẻ|cháu|bé)|bạo hành (?:trẻ|cháu|bé|con)"
    r"|đánh đập (?:trẻ|cháu|bé|con)|dâm ô|hiếp dâm (?:trẻ|cháu|bé)"
    r"|lạm dụng (?:tình dục )?(?:trẻ|cháu|bé)|child abuse",
    Alarm.THREAT: r"(?:dọa|doạ|đe dọa|đe doạ) (?:giết|đánh|chém|đốt|sẽ)|sẽ giết|giết (?:chết )?"
    r"(?:nó|hắn|ông ta|bà ta|cả nhà)|đốt (?:trụ sở|trung tâm|ủy ban|nhà)|đặt bom|đánh bom"
    r"|(?:kill|shoot|stab) (?:you|him|her|them)|plant a bomb",
    Alarm.BRIBERY: r"hối lộ|đưa phong bì|đòi phong bì|vòi tiền|vòi vĩnh|đòi tiền (?:bồi dưỡng|thêm"
    r"|mới làm|riêng)|tiền bôi trơn|lót tay|chung chi|nhũng nhiễu đòi tiền"
    r"|gợi ý (?:đưa )?tiền|bồi dưỡng (?:mới|thì mới)|phong bì mới làm|a bribe|bribery",
}
# As many type them; only what means nothing else without marks ("hoi lo" may be "hơi lo").
_UNMARKED_WAYS = {
    OtherWay.DENUNCIATION: r"don to cao|to cao (?:can bo|hanh vi)|xin to cao|muon to cao",
    OtherWay.COMPLAINT: r"don khieu nai|toi khieu nai|khieu nai quyet dinh|muon khieu nai",
}
_UNMARKED_ALARMS = {
    Alarm.SELF_HARM: r"khong muon song|khong thiet song|tu thieu",
    Alarm.CHILD_ABUSE: r"xam hai (?:tinh duc )?(?:tre|chau|be)|bao hanh (?:tre|chau|be)",
    Alarm.THREAT: r"(?:de )?doa (?:giet|chem)|dat bom|danh bom",
    Alarm.BRIBERY: r"voi tien|doi phong bi|dua phong bi|tien boi tron|lot tay",
}


@dataclass(frozen=True)
class Noticed:
    """What the sender is told at once about a text."""

    other_way: OtherWay | None
    help: Help | None


def noticed(text: str) -> Noticed:
    danger = alarm(text)
    return Noticed(other_way(text), HELP[danger] if danger else None)


def other_way(text: str) -> OtherWay | None:
    """Whether the text reads like a denunciation or a complaint; a denunciation comes first."""
    return _first(text, _OTHER_WAYS, _UNMARKED_WAYS)


def alarm(text: str) -> Alarm | None:
    """The most urgent danger of which the text speaks."""
    return _first(text, _ALARMS, _UNMARKED_ALARMS)


def _first(text: str, marked: Mapping[Found, str], unmarked: Mapping[Found, str]) -> Found | None:
    """The first thing whose words stand in the text; words without marks count without marks."""
    said = " ".join(unicodedata.normalize("NFC", text).lower().split())
    without = said if said.isascii() else ""
    for found, words in marked.items():
        if re.search(words, said) or re.search(rf"\b(?:{unmarked[found]})\b", without):
            return found
    return None
