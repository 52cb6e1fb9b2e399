"""Invented pages for shows; each says of itself that it is not real."""

from datetime import date, timedelta

from content.shapes import Article

MARK = "*Nội dung giả định để trình diễn.*"
LEADERS = (
    ("Nguyễn Văn Mẫu", "Giám đốc", "phụ trách chung"),
    ("Trần Thị Ví Dụ", "Phó Giám đốc", "tiếp nhận và trả kết quả"),
    ("Lê Văn Giả Định", "Phó Giám đốc", "phản ánh, kiến nghị; báo cáo"),
)
COUNTERS = (
    ("1. Hộ tịch, chứng thực", "Phạm Thị Minh Họa"),
    ("2. Đất đai, môi trường", "Hoàng Văn Thử"),
    ("3. Xây dựng, giao thông", "Võ Thị Mẫu"),
    ("4. Kinh doanh, đầu tư", "Đặng Văn Ví Dụ"),
    ("5. Lao động, bảo trợ xã hội", "Bùi Thị Giả Định"),
    ("6. Y tế, giáo dục", "Đỗ Văn Minh Họa"),
)


def organisation() -> Article:
    rows = "\n".join(f"| {name} | {post} | {duty} |" for name, post, duty in LEADERS)
    table = f"| Họ và tên | Chức vụ | Nhiệm vụ |\n|---|---|---|\n{rows}"
    return Article(
        kind="page",
        slug="co-cau-to-chuc",
        title="Chức năng, nhiệm vụ, cơ cấu tổ chức",
        summary="Lãnh đạo và các phòng của một Trung tâm giả định.",
        body=f"{MARK}\n\n## Lãnh đạo\n\n{table}\n\n## Các phòng\n\n- Phòng Hành chính, Tổng hợp\n"
        "- Phòng Tiếp nhận và Trả kết quả\n- Tổ Phản ánh, kiến nghị",
        order=12,
    )


def counters() -> Article:
    rows = "\n".join(
        f"| {counter} | {name} | 0900 000 1{at:02} |" for at, (counter, name) in enumerate(COUNTERS)
    )
    table = f"| Quầy, lĩnh vực | Cán bộ | Điện thoại |\n|---|---|---|\n{rows}"
    return Article(
        kind="page",
        slug="can-bo-tiep-nhan",
        title="Cán bộ tiếp nhận hồ sơ",
        summary="Các quầy và cán bộ của một Trung tâm giả định.",
        body=f"{MARK}\n\n## Danh sách\n\n{table}",
        order=22,
    )


def dated(today: date) -> tuple[Article, ...]:
    """Notices and draft consultations: one that holds, one to come, one that is over."""
    return (
        _notice("nghi-le-gia-dinh", "Trung tâm nghỉ lễ (giả định)", today, 0, 5),
        _notice("tam-ngung-gia-dinh", "Tạm ngừng dịch vụ trực tuyến (giả định)", today, 9, 10),
        _notice("doi-quay-gia-dinh", "Quầy 3 chuyển chỗ (giả định)", today, -40, -10),
        _draft("gio-tiep-nhan-gia-dinh", "Dự thảo giờ tiếp nhận hồ sơ (giả định)", today, -5, 14),
        _draft(
            "quy-che-gia-dinh", "Dự thảo quy chế tiếp công dân (giả định)", today, -60, -30,
            outcome=f"{MARK}\n\nCó 12 ý kiến: tiếp thu 8, giải trình 4.",
        ),
    )  # fmt: skip


def drafts(today: date) -> tuple[Article, ...]:
    """Notices for the stages of editing: begun, waiting for a reader, approved, to be published."""
    return tuple(
        _notice(f"{slug}-gia-dinh", f"{title} (giả định)", today, 3, 30)
        for slug, title in (
            ("lich-tiep-dan", "Lịch tiếp công dân"),
            ("tang-quay", "Thêm quầy hỗ trợ người cao tuổi"),
            ("tap-huan", "Tập huấn nộp hồ sơ trực tuyến"),
            ("lam-thu-bay", "Làm việc sáng thứ Bảy"),
        )
    )


def _notice(slug: str, title: str, today: date, first: int, last: int) -> Article:
    return Article(
        kind="notice",
        slug=slug,
        title=title,
        summary="Thông báo của một Trung tâm giả định.",
        body=f"{MARK}\n\n## Nội dung\n\nThông báo này chỉ để xem trang trông thế nào.",
        published_on=today + timedelta(days=min(first, 0)),
        starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last),
    )


def _draft(
    slug: str, title: str, today: date, first: int, last: int, *, outcome: str = ""
) -> Article:
    return Article(
        kind="consultation",
        slug=slug,
        title=title,
        summary="Dự thảo của một Trung tâm giả định.",
        body=f"{MARK}\n\n## Nội dung chính\n\nDự thảo này chỉ để xem trang trông thế nào.",
        published_on=today + timedelta(days=first),
        starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last),
        outcome=outcome,
    )
