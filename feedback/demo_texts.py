"""What invented people write and what they are answered, for shows; nobody and nothing is real."""

from dataclasses import dataclass

from feedback.kinds import Kind

NAMES = (
    "Nguyễn Văn Mẫu", "Trần Thị Ví Dụ", "Lê Văn Giả Định", "Phạm Thị Minh Họa", "Hoàng Văn Thử",
    "Võ Thị Mẫu", "Đặng Văn Ví Dụ", "Bùi Thị Giả Định", "Đỗ Văn Minh Họa", "Hồ Thị Thử",
)  # fmt: skip
COMPANIES = ("Công ty TNHH Ví Dụ", "Hợp tác xã Minh Họa", "Hộ kinh doanh Giả Định")


@dataclass(frozen=True)
class Story:
    """One thing people write about; `types` are the contents of Decree 20/2008/NĐ-CP, Article 5."""

    kind: Kind
    field: str
    title: str
    text: str
    answer: str
    triage: str | None = None
    types: tuple[int, ...] = ()
    procedure: str = ""


STORIES = (
    Story(
        Kind.QUESTION, "Hộ tịch", "Khai sinh cho con khi cha mẹ ở hai tỉnh",
        "Vợ chồng tôi đăng ký thường trú ở hai nơi. Khai sinh cho con thì nộp ở đâu?",
        "Ông/bà nộp tại Ủy ban nhân dân cấp xã nơi thường trú của cha hoặc mẹ. Xem trang thủ tục "
        "đăng ký khai sinh để chuẩn bị giấy tờ.",
        procedure="Đăng ký khai sinh",
    ),
    Story(
        Kind.QUESTION, "Đất đai", "Sang tên sổ đỏ cần giấy tờ gì",
        "Tôi được cha mẹ cho một thửa đất. Sang tên thì phải mang những giấy tờ gì?",
        "Danh sách giấy tờ ở trang thủ tục đăng ký biến động đất đai, chọn trường hợp tặng cho.",
    ),
    Story(
        Kind.QUESTION, "Đăng ký kinh doanh", "Mở cửa hàng tạp hóa đăng ký ở đâu",
        "Tôi muốn mở cửa hàng tạp hóa tại nhà thì đăng ký ở đâu, mất bao lâu?",
        "Cửa hàng tại nhà đăng ký hộ kinh doanh. Nơi nộp và thời hạn ghi ở trang thủ tục.",
    ),
    Story(
        Kind.QUESTION, "Bảo hiểm xã hội", "Nộp hồ sơ hưởng trợ cấp thất nghiệp qua mạng",
        "Tôi nghỉ việc tháng trước. Nộp hồ sơ hưởng trợ cấp thất nghiệp qua mạng có được không?",
        "Được. Đăng nhập Cổng Dịch vụ công quốc gia bằng VNeID rồi chọn thủ tục hưởng trợ cấp.",
    ),
    Story(
        Kind.LATE, "Đất đai", "Hồ sơ tách thửa quá hẹn",
        "Hồ sơ tách thửa của tôi đã quá ngày hẹn hai tuần mà chưa có kết quả.",
        "Hồ sơ chậm do phải đo đạc lại. Kết quả đã có tại quầy trả kết quả. Trung tâm xin lỗi.",
        triage="K1", types=(1,),
    ),
    Story(
        Kind.LATE, "Xây dựng", "Giấy phép xây dựng trả chậm",
        "Giấy phép xây dựng nhà ở hẹn trả tuần trước, nay vẫn báo đang xử lý.",
        "Cơ quan giải quyết đã có thư xin lỗi và hẹn lại một lần; kết quả đã trả.",
        triage="K1", types=(1,),
    ),
    Story(
        Kind.CONDUCT, "Hộ tịch", "Bị yêu cầu thêm giấy tờ ngoài danh mục",
        "Cán bộ ở quầy yêu cầu tôi nộp thêm bản sao hộ khẩu dù danh mục không có.",
        "Giấy tờ đó không có trong danh mục. Trung tâm đã nhắc nhở và nhận hồ sơ của ông/bà.",
        triage="K1", types=(1,),
    ),
    Story(
        Kind.CONDUCT, "Giao thông", "Phải chờ lâu không được giải thích",
        "Tôi chờ gần hai giờ ở quầy mà không ai giải thích vì sao gọi số sau trước.",
        "Hôm đó máy gọi số hỏng. Trung tâm xin lỗi và đã đặt bảng hướng dẫn khi máy hỏng.",
        triage="K1", types=(1,),
    ),
    Story(
        Kind.RULE, "Đăng ký kinh doanh", "Khai một thông tin ba lần",
        "Cùng một thông tin mà phải khai ở ba tờ khác nhau. Đề nghị gộp lại một tờ.",
        "Ý kiến hợp lý. Trung tâm đã tổng hợp, gửi cơ quan ban hành biểu mẫu xem xét.",
        triage="K2", types=(2,),
    ),
    Story(
        Kind.RULE, "Tài nguyên", "Thời hạn thẩm định quá dài",
        "Thời hạn thẩm định dài hơn nhiều so với việc phải làm, đề nghị rút ngắn.",
        "Nội dung thuộc thẩm quyền cơ quan khác; Trung tâm đã chuyển và báo lại kết quả.",
        triage="K3", types=(2,),
    ),
    Story(
        Kind.IDEA, "Cải cách hành chính", "Đặt quầy hỗ trợ người cao tuổi",
        "Đề nghị có một quầy riêng, ghế ngồi và người khai giúp cho người cao tuổi.",
        "Trung tâm tiếp thu; quầy hỗ trợ mở thử vào buổi sáng các ngày làm việc.",
        triage="K2", types=(8,),
    ),
    Story(
        Kind.PRAISE, "Hộ tịch", "Khen cán bộ hướng dẫn tận tình",
        "Cán bộ ở quầy hướng dẫn rất tận tình, tôi làm xong chỉ trong một buổi.",
        "Cảm ơn ông/bà. Trung tâm đã chuyển lời khen đến cán bộ.",
    ),
    Story(
        Kind.WEBSITE, "Trang thông tin", "Tệp biểu mẫu không mở được",
        "Tôi mở tệp biểu mẫu trong Zalo thì không tải về được.",
        "Trang đã có thêm bản PDF để xem trước và cách mở bằng trình duyệt.",
    ),
)  # fmt: skip
REFUSED = Story(
    Kind.RULE, "", "", "Nội dung không rõ, không nêu tên thủ tục và cơ quan nào.",
    "Nội dung chưa rõ nên chưa tiếp nhận được; mời ông/bà gửi lại, nêu rõ thủ tục và cơ quan.",
    triage="K0", types=(6,),
)  # fmt: skip
