"""The gatherings and return missions of the demo (đoàn đông người, hỗ trợ về)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.codes import Field, Role, Site
from domain.commands import gathering as crowd_acts
from domain.commands import return_mission as return_acts
from domain.days import day_of
from domain.values import CountRange
from services.demo.accounts import account_of, head_of, officer
from services.demo.clock import at, days_ago, today
from services.demo.offices import committee, office_id
from services.demo.people import MARK
from services.demo.steps import Story

MINUTE = timedelta(minutes=1)


class CrowdStory(Story):
    """A gathering from its report on."""

    def __init__(self, seed: int, name: str) -> None:
        super().__init__(seed, f"crowd/{name}")
        self.gathering_id = self.id_of("gathering")
        self.mission_id = self.id_of("mission")
        self.home = ""

    def reported(
        self,
        at: datetime,
        by_office: str,
        *,
        place: str,
        site: Site,
        home: str,
        count: tuple[int, int],
        issue: Field,
        words: str,
        case: UUID | None = None,
    ) -> None:
        """Somebody on site says that people have gathered."""
        self.home = home
        ask = crowd_acts.ReportGathering(
            gathering_id=self.gathering_id,
            place=place,
            site=site,
            home=home,
            count=CountRange(*count),
            issue=issue,
            case_id=case,
            texts={"issue": f"{words} {MARK}."},
        )
        self.act(at, officer(by_office, Role.CLERK), ask)

    def counted(self, at: datetime, by_office: str, low: int, high: int) -> None:
        """They are counted again."""
        count = CountRange(low, high)
        ask = crowd_acts.ReviseGatheringCount(gathering_id=self.gathering_id, count=count)
        self.act(at, officer(by_office, Role.CLERK), ask)

    def acknowledged(self, at: datetime, office: str) -> None:
        """An office that was told says it knows."""
        ask = crowd_acts.AcknowledgeGathering(gathering_id=self.gathering_id)
        self.act(at, head_of(office), ask)

    def received(self, at: datetime, office: str, representatives: int) -> None:
        """The head of the office that must receive does so."""
        ask = crowd_acts.ReceiveCrowd(
            gathering_id=self.gathering_id,
            in_person=True,
            representatives=representatives,
            texts={"result": f"Đã nghe đại diện trình bày, hẹn ngày trả lời {MARK}."},
        )
        self.act(at, head_of(office), ask)

    def dispersed(self, at: datetime, by_office: str) -> None:
        """They have gone."""
        ask = crowd_acts.DisperseGathering(gathering_id=self.gathering_id)
        self.act(at, officer(by_office, Role.CLERK), ask)

    def help_offered(
        self, at: datetime, by_office: str, people: int, consented: int, declined: int
    ) -> None:
        """The home unit is asked, sends people and a vehicle, and offers the help."""
        mission, home = self.mission_id, committee(self.home)
        ask = return_acts.RequestReturn(
            mission_id=mission, gathering_id=self.gathering_id, people=people
        )
        self.act(at, officer(by_office, Role.CLERK), ask)
        lead = account_of(home, Role.RETURN_LEAD)
        named = return_acts.NameReturnLead(mission_id=mission, lead=lead)
        self.act(at + 12 * MINUTE, head_of(home), named)
        leader = officer(home, Role.RETURN_LEAD)
        for after, act in (
            (25, return_acts.DispatchReturnOfficer(mission_id=mission, officers=3, vehicles=1)),
            (110, return_acts.OfferReturn(mission_id=mission, people=people)),
            (140, return_acts.RecordConsent(mission_id=mission, people=consented)),
            (145, return_acts.RecordDecline(mission_id=mission, people=declined)),
        ):
            self.act(at + after * MINUTE, leader, act)

    def departed(self, at: datetime, people: int) -> None:
        """Those who wished to are on the way."""
        ask = return_acts.DepartForHome(mission_id=self.mission_id, people=people)
        self.act(at, officer(committee(self.home), Role.RETURN_LEAD), ask)

    def brought_home(self, at: datetime, people: int, reception: date) -> None:
        """Arrived, handed over, invited to a reception, closed."""
        mission, home = self.mission_id, committee(self.home)
        clerk = account_of(home, Role.CLERK)
        for after, act in (
            (0, return_acts.ArriveHome(mission_id=mission, people=people)),
            (20, return_acts.HandOver(mission_id=mission, receiving_officer=clerk)),
            (35, return_acts.ScheduleFollowUp(mission_id=mission, on=reception)),
            (50, return_acts.CloseReturnMission(mission_id=mission)),
        ):
            self.act(at + after * MINUTE, officer(home, Role.RETURN_LEAD), act)

    def received_at_home(self, at: datetime) -> None:
        """The reception they were invited to was held that day."""
        ask = return_acts.HoldFollowUp(mission_id=self.mission_id, held_on=day_of(at))
        self.act(at, officer(committee(self.home), Role.RETURN_LEAD), ask)


def crowd_stories(seed: int, road_case: UUID) -> Iterator[CrowdStory]:
    """All gatherings; ``road_case`` is the case whose people stand at Lục Nam's office today."""
    yield _at_luc_nam(seed, road_case)
    yield _at_tu_lan(seed)
    yield _at_the_province(seed)
    yield _at_phon_xuong(seed)
    yield _home_from_hanoi(seed)
    yield _received_at_home(seed)
    yield from _over(seed)


def _at_luc_nam(seed: int, case: UUID) -> CrowdStory:
    """Twelve minutes old and nobody has received them."""
    story = CrowdStory(seed, "luc-nam")
    board = office_id("tcd", "218")
    story.reported(
        today(14, 20), board, place="07444", site=Site.DISTRICT_OFFICE, home="07486",
        count=(30, 40), issue=Field.COMPENSATION, case=case,
        words="Bồi thường giải phóng mặt bằng đường tỉnh 293",
    )  # fmt: skip
    story.counted(today(14, 24), board, 40, 50)
    return story


def _at_tu_lan(seed: int) -> CrowdStory:
    """A ward's chair talks with them."""
    story = CrowdStory(seed, "tu-lan")
    ward = committee("07774")
    story.reported(
        today(13, 27), ward, place="07774", site=Site.COMMUNE_OFFICE, home="07774",
        count=(15, 20), issue=Field.ENVIRONMENT, words="Tiếng ồn cụm công nghiệp",
    )  # fmt: skip
    story.acknowledged(today(13, 34), committee("222"))
    story.counted(today(14, 10), ward, 20, 25)
    story.received(today(14, 21), ward, 3)
    return story


def _at_the_province(seed: int) -> CrowdStory:
    """Sixteen people at the province's reception office: twelve go home, four stay."""
    story = CrowdStory(seed, "province")
    board = office_id("tcd", "24")
    story.reported(
        today(8, 45), board, place="24", site=Site.PROVINCE_OFFICE, home="07510",
        count=(16, 16), issue=Field.LAND, words="Ranh giới đất rừng giao khoán",
    )  # fmt: skip
    story.acknowledged(today(8, 58), committee("218"))
    story.received(today(9, 40), board, 4)
    story.help_offered(today(10, 5), board, 16, 12, 4)
    story.departed(today(14, 15), 12)
    return story


def _at_phon_xuong(seed: int) -> CrowdStory:
    """Received by the town's chair; they wait for the conclusion."""
    story = CrowdStory(seed, "phon-xuong")
    town = committee("07288")
    story.reported(
        today(9, 15), town, place="07288", site=Site.COMMUNE_OFFICE, home="07288",
        count=(8, 8), issue=Field.INFRASTRUCTURE, words="Nước sinh hoạt khu dân cư",
    )  # fmt: skip
    story.received(today(9, 50), town, 2)
    return story


def _home_from_hanoi(seed: int) -> CrowdStory:
    """Lạng Sơn city brings its people home from Hanoi (requirements.md H 7).

    Tomorrow their ward is to receive them: it is reminded until it says that it has.
    """
    story = CrowdStory(seed, "hanoi")
    city, home = committee("178"), "05977"
    story.reported(
        at(date(2025, 5, 6), 8, 10), city, place="00004", site=Site.HANOI, home=home,
        count=(9, 11), issue=Field.COMPENSATION, words="Tái định cư khu đô thị",
    )  # fmt: skip
    story.received(at(date(2025, 5, 6), 13, 40), city, 3)
    story.help_offered(at(date(2025, 5, 6), 14, 0), city, 10, 8, 2)
    story.departed(at(date(2025, 5, 6), 17, 0), 8)
    story.brought_home(at(date(2025, 5, 6), 20, 30), 8, date(2025, 5, 15))
    story.dispersed(at(date(2025, 5, 7), 9, 0), city)
    return story


def _received_at_home(seed: int) -> CrowdStory:
    """Helped home from the province in April, received at home on the day that was promised."""
    story = CrowdStory(seed, "received-at-home")
    board, day = office_id("tcd", "24"), date(2025, 4, 22)
    story.reported(
        at(day, 8, 20), board, place="24", site=Site.PROVINCE_OFFICE, home="07477",
        count=(7, 9), issue=Field.AGRICULTURE, words="Nước tưới vụ chiêm xuân",
    )  # fmt: skip
    story.received(at(day, 9, 5), board, 2)
    story.help_offered(at(day, 9, 30), board, 9, 8, 1)
    story.departed(at(day, 13, 40), 8)
    story.brought_home(at(day, 15, 10), 8, date(2025, 4, 25))
    story.dispersed(at(day, 16, 30), board)
    story.received_at_home(at(date(2025, 4, 25), 9, 30))
    return story


PAST = (
    (1, "07840", Site.COMMUNE_OFFICE, (7, 9), Field.LAND),
    (3, "07375", Site.COMMUNE_OFFICE, (10, 14), Field.ENVIRONMENT),
    (5, "07207", Site.COMMUNE_OFFICE, (6, 8), Field.CONSTRUCTION),
    (6, "07456", Site.COMMUNE_OFFICE, (12, 15), Field.COMPENSATION),
    (8, "07615", Site.COMMUNE_OFFICE, (5, 7), Field.AGRICULTURE),
    (9, "23479", Site.COMMUNE_OFFICE, (25, 30), Field.LAND),
    (12, "25504", Site.COMMUNE_OFFICE, (8, 10), Field.LAND),
    (13, "20551", Site.COMMUNE_OFFICE, (11, 13), Field.COMPENSATION),
)
"""Days ago, commune, site, count, issue: gatherings that are over."""


def _over(seed: int) -> Iterator[CrowdStory]:
    for number, (ago, code, site, count, issue) in enumerate(PAST):
        story = CrowdStory(seed, f"over/{number}")
        office = committee(code)
        story.reported(
            days_ago(ago, 8, 5 * number), office, place=code, site=site, home=code,
            count=count, issue=issue, words="Đề nghị gặp lãnh đạo địa phương",
        )  # fmt: skip
        story.received(days_ago(ago, 9, 5 * number), office, 2)
        story.dispersed(days_ago(ago, 11), office)
        yield story
