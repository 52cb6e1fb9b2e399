"""What follows a law of its own, and what cannot wait, is noticed in the sender's own words."""

import unicodedata

import pytest

from feedback.recognising import HELP, Alarm, OtherWay, alarm, other_way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Tôi làm đơn tố cáo cán bộ địa chính xã nhận tiền.", OtherWay.DENUNCIATION),
        ("Nay tôi TỐ CÁO HÀNH VI  của ông chủ tịch", OtherWay.DENUNCIATION),
        ("Tôi khiếu nại quyết định thu hồi đất", OtherWay.COMPLAINT),
        ("toi lam don to cao can bo xa", OtherWay.DENUNCIATION),
        ("Toi khieu nai quyet dinh 12", OtherWay.COMPLAINT),
        ("Con toi to cao qua, co lam duoc the khong", None),
        ("Hồ sơ của tôi trễ hạn 5 ngày", None),
        ("Tờ khai cáo phó nộp ở đâu?", None),
        ("", None),
    ],
)
def test_denunciations_and_complaints_are_told_apart(text: str, way: OtherWay | None) -> None:
    assert other_way(text) is way
    assert other_way(unicodedata.normalize("NFD", text)) is way


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("Nếu không giải quyết tôi sẽ tự thiêu trước trụ sở", Alarm.SELF_HARM),
        ("Cháu bé bị hàng xóm bạo hành trẻ em hằng ngày", Alarm.CHILD_ABUSE),
        ("Nó dọa giết cả nhà tôi", Alarm.THREAT),
        ("Cán bộ vòi tiền, đòi phong bì 2 triệu", Alarm.BRIBERY),
        ("Muốn chết vì nó đòi phong bì", Alarm.SELF_HARM),
        ("can bo voi tien, toi khong muon song", Alarm.SELF_HARM),
        ("They asked me for a bribe", Alarm.BRIBERY),
        ("Toi hoi lo ve ho so, xin tra loi tu tu cung duoc", None),
        ("Cán bộ rất nhiệt tình, xin cảm ơn", None),
        ("Xin hỏi thủ tục khai tử cho bố tôi đã chết", None),
    ],
)
def test_a_danger_is_noticed_the_most_urgent_first(text: str, danger: Alarm | None) -> None:
    assert alarm(text) is danger


def test_every_danger_has_a_number_to_call() -> None:
    assert set(HELP) == set(Alarm)
    assert all(help_.numbers for help_ in HELP.values())
