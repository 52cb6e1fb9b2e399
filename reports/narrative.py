"""What the covering report says, in sentences made from the figures."""

from dataclasses import dataclass

from reports.record import NO_FIELD, Figures
from reports.wording import day_in_full, lower_first, number, percent

FIELDS_NAMED = 3


@dataclass(frozen=True)
class Block:
    """A paragraph, or a heading of level 1 (I.) or 2 (1.)."""

    text: str
    level: int = 0


def subject(found: Figures) -> tuple[str, str]:
    """What the report is about and of when, as it stands under BÁO CÁO."""
    return found.form.title, lower_first(found.title)


def body(found: Figures) -> list[Block]:
    """The whole text between the subject and the signature."""
    return [
        Block(_opening(found)),
        Block("I. TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ", 1),
        *_received(found),
        Block("II. KẾT QUẢ XỬ LÝ", 1),
        *_handled(found),
        Block("III. Ý KIẾN KHÁC", 1),
        Block(_others(found)),
        *_closing(found),
    ]


def _opening(found: Figures) -> str:
    head = found.head
    regime = " và ".join(found.form.reporting_regime)
    until = f", số liệu tính đến hết ngày {day_in_full(found.as_of)}" if found.as_of else ""
    days = f"từ ngày {day_in_full(found.from_day)} đến ngày {day_in_full(found.to_day)}"
    return (
        f"Thực hiện {regime}, {head.full_name} (sau đây gọi là {head.short_name}) báo cáo kết quả "
        "tiếp nhận, xử lý phản ánh, kiến nghị (sau đây viết tắt là PAKN) của cá nhân, tổ chức về "
        f"quy định hành chính {lower_first(found.title)} ({days}{until}) như sau:"
    )


def _received(found: Figures) -> list[Block]:
    values, office = found.total.values, found.head.short_name
    total = values["tn_tong"]
    if not total:
        return [
            Block(
                f"Trong kỳ báo cáo, {office} không tiếp nhận PAKN mới và không có PAKN từ kỳ trước "
                "chuyển qua."
            )
        ]
    kinds = (
        ("về hành vi hành chính", "tn_hanh_vi"),
        ("về nội dung quy định hành chính", "tn_quy_dinh"),
        ("về cả hành vi hành chính và quy định hành chính", "tn_ca_hai"),
    )
    by_content = "; ".join(
        f"{words}: {number(values[key])} PAKN ({percent(values[key], total)})"
        for words, key in kinds
    )
    return [
        Block(f"Tổng số PAKN được tiếp nhận: {number(total)}.{_fields(found)}"),
        Block("1. Theo thời điểm tiếp nhận", 2),
        Block(
            f"Từ kỳ trước chuyển qua: {number(values['tn_ky_truoc'])} PAKN; tiếp nhận mới trong "
            f"kỳ: {number(values['tn_moi'])} PAKN."
        ),
        Block("2. Theo nội dung", 2),
        Block(f"{by_content[:1].upper()}{by_content[1:]}."),
    ]


def _fields(found: Figures) -> str:
    named = [row for row in found.rows if row.field != NO_FIELD]
    if not named:
        return ""
    most = sorted(named, key=lambda row: -row.values["tn_tong"])[:FIELDS_NAMED]
    listed = ", ".join(f"{row.field} ({number(row.values['tn_tong'])})" for row in most)
    if len(named) <= FIELDS_NAMED:
        return f" Lĩnh vực có PAKN: {listed}."
    return f" Trong {number(len(named))} lĩnh vực có PAKN, nhiều nhất là: {listed}."


def _handled(found: Figures) -> list[Block]:
    values = found.total.values
    if not values["tn_tong"]:
        return [Block("Trong kỳ báo cáo không phát sinh PAKN phải xử lý.")]
    published = values["dang_tai"]
    return [
        Block("1. PAKN thuộc thẩm quyền", 2),
        Block(_own(found)),
        Block("2. PAKN không thuộc thẩm quyền", 2),
        Block(_elsewhere(values)),
        Block("3. PAKN không tiếp nhận, chưa phân loại", 2),
        Block(_not_handled(values)),
        Block("4. Công khai kết quả xử lý", 2),
        Block(
            f"Đã đăng tải công khai kết quả xử lý của {number(published)} PAKN."
            if published
            else "Chưa đăng tải công khai kết quả xử lý PAKN nào."
        ),
    ]


def _own(found: Figures) -> str:
    values, office = found.total.values, found.head.short_name
    own = values["tq_tong"]
    if not own:
        return f"Không có PAKN thuộc thẩm quyền xử lý của {office}."
    done = values["tq_xong"]
    return (
        f"Số PAKN thuộc thẩm quyền xử lý của {office}: {number(own)}, trong đó đã xử lý xong "
        f"{number(done)} PAKN ({percent(done, own)}){_parts(values, 'tq_xong', 'xong_ca_hai')}; "
        f"đang xử lý {number(values['tq_dang'])} PAKN{_parts(values, 'tq_dang', 'dang_ca_hai')}."
    )


def _parts(values: dict[str, int], key: str, both: str) -> str:
    """ ", gồm 3 về hành vi hành chính và 2 về quy định hành chính"; nothing where nothing is."""
    parts = (
        (values[f"{key}_hanh_vi"], "về hành vi hành chính"),
        (values[f"{key}_quy_dinh"], "về quy định hành chính"),
        (values[both], "về cả hai nội dung"),
    )
    said = [f"{number(part)} {words}" for part, words in parts if part]
    return f", gồm {', '.join(said)}" if said else ""


def _elsewhere(values: dict[str, int]) -> str:
    sent, waiting = values["chuyen"], values["cho_chuyen"]
    if not sent and not waiting:
        return "Không có PAKN phải chuyển cơ quan khác."
    left = f"; còn {number(waiting)} PAKN chờ chuyển" if waiting else ""
    return f"Đã chuyển cơ quan có thẩm quyền xử lý: {number(sent)} PAKN{left}."


def _not_handled(values: dict[str, int]) -> str:
    parts = (
        (values["khong_tiep_nhan"], "không tiếp nhận do không đủ điều kiện theo quy định (lớp K0)"),
        (values["chua_phan_loai"], "chưa phân loại hoặc chưa xác định thẩm quyền"),
        (values["da_rut"], "người gửi đã rút"),
    )
    said = "; ".join(f"{words}: {number(part)} PAKN" for part, words in parts if part)
    if not said:
        return "Không có PAKN bị từ chối tiếp nhận hoặc chưa được phân loại."
    return f"{said[:1].upper()}{said[1:]}."


def _others(found: Figures) -> str:
    office = found.head.short_name
    came = [(row.label, row.new) for row in found.annex if row.new]
    if not came:
        return f"Trong kỳ báo cáo, {office} không tiếp nhận ý kiến nào khác ngoài PAKN."
    listed = "; ".join(f"{lower_first(label)}: {number(new)}" for label, new in came)
    return (
        f"Ngoài PAKN, trong kỳ báo cáo {office} tiếp nhận {number(sum(new for _l, new in came))} ý "
        f"kiến khác, không thuộc phạm vi của biểu kèm theo, gồm {listed}."
    )


def _closing(found: Figures) -> list[Block]:
    head = found.head
    blocks = [Block(f"(Số liệu chi tiết tại Biểu số {head.form_code} kèm theo)")]
    if found.as_of:
        blocks.append(
            Block(
                f"Số liệu chỉ tính đến hết ngày {day_in_full(found.as_of)}, chưa đủ kỳ báo cáo; "
                "bản này không dùng để ban hành."
            )
        )
    to_whom = f" {head.addressees[0]}" if head.addressees else ""
    blocks.append(
        Block(
            f"Trên đây là kết quả tiếp nhận, xử lý PAKN {lower_first(found.title)}, "
            f"{head.short_name} kính báo cáo{to_whom}./."
        )
    )
    return blocks
