from tests.web.site_world import *
def test_smoke(world):
    d=world.browser(committee("07456"),Role.CLERK); print(d.status,d.at,len(d.page)); print(words_of(d.page)[400:2500])
    for p in ("/hop-viec/phan/hang","/hop-viec/phan/chuyen-den","/hop-viec/phan/moi?tu=2025-05-01T00:00:00%2B07:00","/ds","/ds?hang=qua-han","/ds?hang=chua-nhan","/ds?don-vi=24","/xyz","/static/icon.svg","/api/v1/nope"):
        d.get(p); print(p,d.status,words_of(d.page)[:300])
