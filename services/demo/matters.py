"""What the invented petitions of the demo are about (nội dung đơn mẫu)."""

from dataclasses import dataclass
from random import Random
from typing import Final

from domain.codes import Field, PetitionKind
from services.demo.people import MARK

COMPLAINT, DENUNCIATION = PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION
PROPOSAL, FEEDBACK = PetitionKind.PROPOSAL, PetitionKind.FEEDBACK


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind of petition, its field and what it says."""

    kind: PetitionKind
    field: Field
    words: str

    def told_of(self, place: str) -> str:
        """The summary as a clerk writes it down."""
        return f"{self.words} tại {place} {MARK}."


MATTERS: Final = (
    Matter(COMPLAINT, Field.LAND, "Khiếu nại diện tích trên giấy chứng nhận nhỏ hơn thực tế"),
    Matter(COMPLAINT, Field.LAND, "Khiếu nại quyết định giải quyết tranh chấp ranh giới đất"),
    Matter(COMPLAINT, Field.LAND, "Khiếu nại việc chậm cấp giấy chứng nhận quyền sử dụng đất"),
    Matter(COMPLAINT, Field.COMPENSATION, "Khiếu nại mức bồi thường khi thu hồi đất làm đường"),
    Matter(COMPLAINT, Field.COMPENSATION, "Khiếu nại kiểm đếm thiếu cây trồng khi thu hồi đất"),
    Matter(COMPLAINT, Field.COMPENSATION, "Khiếu nại vị trí đất tái định cư"),
    Matter(COMPLAINT, Field.SOCIAL_POLICY, "Khiếu nại kết quả xét hộ nghèo"),
    Matter(COMPLAINT, Field.SOCIAL_POLICY, "Khiếu nại mức trợ cấp xã hội hằng tháng"),
    Matter(COMPLAINT, Field.CONSTRUCTION, "Khiếu nại quyết định xử phạt xây dựng"),
    Matter(PROPOSAL, Field.INFRASTRUCTURE, "Kiến nghị sửa đoạn đường liên thôn hư hỏng"),
    Matter(PROPOSAL, Field.INFRASTRUCTURE, "Kiến nghị lắp đèn chiếu sáng đường dân sinh"),
    Matter(PROPOSAL, Field.AGRICULTURE, "Kiến nghị nạo vét mương tưới nội đồng"),
    Matter(PROPOSAL, Field.SOCIAL_POLICY, "Kiến nghị mở thêm lớp mầm non"),
    Matter(PROPOSAL, Field.JUSTICE, "Kiến nghị đính chính thông tin hộ tịch"),
    Matter(FEEDBACK, Field.ENVIRONMENT, "Phản ánh trại chăn nuôi gây mùi và xả nước thải"),
    Matter(FEEDBACK, Field.ENVIRONMENT, "Phản ánh bãi rác tự phát ven đường"),
    Matter(FEEDBACK, Field.ENVIRONMENT, "Phản ánh tiếng ồn của xưởng gỗ vào buổi tối"),
    Matter(FEEDBACK, Field.CONSTRUCTION, "Phản ánh công trình lấn lối đi chung"),
    Matter(FEEDBACK, Field.INFRASTRUCTURE, "Phản ánh xe tải nặng làm hỏng đường"),
    Matter(FEEDBACK, Field.OFFICIAL_DUTY, "Phản ánh bộ phận một cửa trả kết quả chậm"),
    Matter(FEEDBACK, Field.AGRICULTURE, "Phản ánh cống thủy lợi bị tắc"),
    Matter(DENUNCIATION, Field.OFFICIAL_DUTY, "Tố cáo việc thu khoản đóng góp không biên lai"),
    Matter(DENUNCIATION, Field.LAND, "Tố cáo việc xác nhận sai nguồn gốc đất"),
)


def matter(draw: Random, *kinds: PetitionKind) -> Matter:
    """Something invented, of one of these kinds."""
    return draw.choice([matter for matter in MATTERS if matter.kind in kinds])
