import time
from tests.web.site_world import *
def test_smoke(world):
    t=time.time()
    b=world.browser(committee("24"),Role.LEADER)
    print(b.status,b.at,len(b.page))
    __import__('pathlib').Path('/tmp/w/webx/prov.html').write_text(b.page)
    for i in range(5):
        t=time.perf_counter(); b.get(b.at); print('ms',(time.perf_counter()-t)*1000)
    d=world.browser(committee("218"),Role.LEADER); print(d.status,d.at,len(d.page)); __import__('pathlib').Path('/tmp/w/webx/dist.html').write_text(d.page)
    for i in range(3):
        t=time.perf_counter(); d.get(d.at); print('ms',(time.perf_counter()-t)*1000)
    print(words_of(b.page)[:3000])
