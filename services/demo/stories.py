"""The remarkable stories of the demo (các vụ việc nêu tên): each a rule of the field at work."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from domain.codes import EscalationGround, Field, TransferGround
from domain.directory import Directory
from domain.units import Unit
from services.demo.clock import TODAY, at, today
from services.demo.matters import COMPLAINT, DENUNCIATION, FEEDBACK, PROPOSAL, Matter
from services.demo.offices import committee, office_id
from services.demo.petition_story import PetitionStory

CAM_LY, DAN_HOI, NGHIA_PHUONG, TAM_DI = "07519", "07522", "07486", "07456"
DINH_KE, AN_CHAU, TUAN_DAO, CAO_THUONG = "07231", "07615", "07663", "07339"
LUC_NAM, TAN_YEN = "218", "216"

BOUNDARY: Final = Matter(COMPLAINT, Field.LAND, "Khiếu nại đất nằm trên ranh giới hai xã")
ROAD_293: Final = Matter(
    COMPLAINT, Field.COMPENSATION, "Khiếu nại mức bồi thường giải phóng mặt bằng đường tỉnh 293"
)
ROAD_HOLES: Final = Matter(FEEDBACK, Field.INFRASTRUCTURE, "Phản ánh đường tỉnh sụt lún")
FARM_WASTE: Final = Matter(
    FEEDBACK, Field.ENVIRONMENT, "Phản ánh xả thải chăn nuôi quy mô trang trại"
)
LATE_PAPERS: Final = Matter(PROPOSAL, Field.OFFICIAL_DUTY, "Kiến nghị trả hồ sơ đất đai đúng hẹn")
FEES: Final = Matter(
    DENUNCIATION, Field.OFFICIAL_DUTY, "Tố cáo việc thu khoản đóng góp không biên lai"
)
FOREST_LAND: Final = Matter(COMPLAINT, Field.LAND, "Khiếu nại việc thu hồi đất rừng sản xuất")


class Teller:
    """Tells stories of one seed in the units of one directory."""

    def __init__(self, seed: int, directory: Directory) -> None:
        self._seed = seed
        self._directory = directory

    def begin(self, name: str, code: str, about: Matter) -> PetitionStory:
        """A story whose matter lies in the unit with this code."""
        return PetitionStory(self._seed, f"story/{name}", self.unit(code), about)

    def unit(self, code: str) -> Unit:
        """A unit of the demo's last day."""
        return self._directory.get_unit(code, TODAY)


def remarkable_stories(seed: int, directory: Directory) -> Iterator[PetitionStory]:
    """All of them, in a fixed order."""
    tell = Teller(seed, directory)
    yield _bounced_twice(tell)
    yield _bounced_twice_today(tell)
    yield _dispute_decided(tell)
    yield from road_case(tell)
    yield _written_up_late(tell)
    yield _accepted_after_two_days(tell)
    yield from _answered_late_today(tell)
    yield _recalled(tell)
    yield _about_a_commune(tell)
    yield from _beyond_bac_giang(tell)


def _bounced_twice(tell: Teller) -> PetitionStory:
    """Two communes pass it back and forth; since yesterday their district must decide."""
    story = tell.begin("bounced-twice", CAM_LY, BOUNDARY)
    story.received(at(date(2025, 5, 6), 8, 12), committee(CAM_LY))
    story.classified(competent=committee(DAN_HOI))
    story.offered(committee(DAN_HOI), ground=TransferGround.OTHER_TERRITORY)
    story.given_back(2)
    story.offered(committee(DAN_HOI), 1, ground=TransferGround.OTHER_TERRITORY)
    story.given_back(at=at(date(2025, 5, 13), 15, 40))
    return story


def _bounced_twice_today(tell: Teller) -> PetitionStory:
    """The same in Sơn Động, an hour ago."""
    story = tell.begin("bounced-twice-today", AN_CHAU, BOUNDARY)
    story.received(at(date(2025, 5, 7), 9, 5), committee(AN_CHAU))
    story.classified(competent=committee(TUAN_DAO))
    story.offered(committee(TUAN_DAO), ground=TransferGround.OTHER_TERRITORY)
    story.given_back(2)
    story.offered(committee(TUAN_DAO), 1, ground=TransferGround.OTHER_TERRITORY)
    story.given_back(at=today(13, 52))
    return story


def _dispute_decided(tell: Teller) -> PetitionStory:
    """A dispute of April that the district ended; the named commune settles it."""
    story = tell.begin("dispute-decided", "07513", BOUNDARY)
    story.received(at(date(2025, 4, 14), 8, 40), committee("07513"))
    story.classified(competent=committee("07504"))
    for _ in range(2):
        story.offered(committee("07504"), 1, ground=TransferGround.OTHER_TERRITORY)
        story.given_back(1)
    story.competence_decided(committee(LUC_NAM), committee("07504"))
    story.taken_up(1)
    return story


def road_case(tell: Teller) -> tuple[PetitionStory, ...]:
    """The road 293 case: three petitions, escalated to the district, directed by it.

    Its people stand before the district's office today: :mod:`services.demo.crowds`.
    """
    first, second, third = (
        tell.begin(f"road-293/{number}", NGHIA_PHUONG, ROAD_293) for number in range(3)
    )
    first.received(at(date(2025, 4, 22), 8, 20), committee(NGHIA_PHUONG), petitioners=12)
    first.classified()
    first.taken_up(2)
    for number, more in enumerate((second, third)):
        more.received(at(date(2025, 5, 5 + number), 9, 10), committee(NGHIA_PHUONG))
        more.classified()
        more.joined(first)
    first.escalated(EscalationGround.CROWD, at=at(date(2025, 5, 8), 10, 15))
    first.acknowledged(committee(LUC_NAM))
    first.directed(committee(LUC_NAM), due=date(2025, 5, 21))
    return first, second, third


def _written_up_late(tell: Teller) -> PetitionStory:
    """The petition of look/petition-file.png: transferred at 9:15, recorded at 16:48."""
    story = tell.begin("written-up-late", TAM_DI, FARM_WASTE)
    story.received(at(date(2025, 4, 29), 9, 40), committee(TAM_DI))
    story.classified(at=at(date(2025, 5, 12), 8, 50), competent=office_id("nnmt", LUC_NAM))
    story.offered(
        office_id("nnmt", LUC_NAM),
        at=at(date(2025, 5, 12), 16, 48),
        happened=at(date(2025, 5, 12), 9, 15),
    )
    return story


def _accepted_after_two_days(tell: Teller) -> PetitionStory:
    """From a district to the province's department, accepted within the last hour."""
    story = tell.begin("accepted-after-two-days", CAO_THUONG, FARM_WASTE)
    story.received(at(date(2025, 5, 12), 8, 5), office_id("tcd", TAN_YEN))
    story.classified(competent=office_id("nnmt", "24"))
    story.offered(office_id("nnmt", "24"))
    story.accepted(at=today(14, 16))
    return story


def _answered_late_today(tell: Teller) -> Iterator[PetitionStory]:
    """Two overdue petitions that a ward answered at 14:08: two fewer than this morning."""
    for number in range(2):
        story = tell.begin(f"answered-late/{number}", DINH_KE, LATE_PAPERS)
        story.received(at(date(2025, 4, 24), 8 + number, 30), committee(DINH_KE))
        story.classified()
        story.taken_up(3)
        story.decided(at=today(14, 3 + number))
        story.closed(at=today(14, 7 + number))
        yield story


def _recalled(tell: Teller) -> PetitionStory:
    """Offered to the wrong department, recalled, offered to the right one."""
    story = tell.begin("recalled", TAM_DI, ROAD_HOLES)
    story.received(at(date(2025, 5, 8), 14, 5), committee(TAM_DI))
    story.classified(competent=office_id("ktht", LUC_NAM))
    story.offered(office_id("nnmt", LUC_NAM), ground=TransferGround.OTHER_FIELD)
    story.recalled(1)
    story.offered(office_id("ktht", LUC_NAM), ground=TransferGround.OTHER_FIELD)
    story.accepted(1)
    return story


def _about_a_commune(tell: Teller) -> PetitionStory:
    """A denunciation of a commune's office: received and settled above it, sealed."""
    story = tell.begin("denunciation", "07498", FEES)
    board, inspectorate = office_id("tcd", LUC_NAM), office_id("ttr", LUC_NAM)
    story.received(at(date(2025, 5, 5), 8, 30), board, accused=committee("07498"))
    story.classified(competent=inspectorate)
    story.offered(inspectorate, ground=TransferGround.OTHER_FIELD)
    story.accepted(1)
    story.taken_up(2)
    return story


def _beyond_bac_giang(tell: Teller) -> Iterator[PetitionStory]:
    """One story for each of the other four places of the seeds."""
    road = tell.begin("wrong-door", "05971", ROAD_HOLES)
    road.received(at(date(2025, 5, 7), 9, 0), office_id("tcd", "178"))
    road.classified(competent=office_id("xd", "20"))
    road.offered(office_id("xd", "20"))
    road.accepted(1)
    yield road

    border = tell.begin("reported-upward", "25504", FOREST_LAND)
    border.received(at(date(2025, 4, 23), 9, 0), committee("25504"))
    border.classified()
    border.taken_up(2)
    border.reported_upward(1)
    border.acknowledged(committee("705"))
    yield border

    town = tell.begin("returned-once", "23479", FOREST_LAND)
    town.received(at(date(2025, 5, 6), 9, 0), committee("23479"))
    town.classified(competent=office_id("nnmt", "614"))
    town.offered(office_id("nnmt", "614"))
    town.given_back(1)
    yield town

    up = tell.begin("up-the-ladder", "20344", ROAD_293)
    up.received(at(date(2025, 4, 22), 9, 0), committee("20344"), petitioners=9)
    up.classified()
    up.taken_up(1)
    for number, superior in enumerate(("502", "49")):
        up.escalated(EscalationGround.COMPLEX, 2 + number)
        up.acknowledged(committee(superior))
    up.directed(committee("49"), due=date(2025, 5, 23))
    yield up
