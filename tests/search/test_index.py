"""The content of indexes: of one county, of all counties, and for programs."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.article import Article
from gkdir.model.navigation import NO_NAVIGATION
from gkdir.model.project import Project
from gkdir.model.synonyms import NO_WORDS
from gkdir.resources import template_folder
from gkdir.search.data import opensearch, search_data
from gkdir.search.index import SearchPlace, county_index, packed, root_index
from gkdir.search.lines import entrances, questions
from gkdir.service.site import Site

from .conftest import parsed


def test_every_item_is_there_with_its_answers(site: Site) -> None:
    index = parsed(county_index(site))
    items = {item["id"]: item for item in index["items"]}
    assert {entry.item.id for entry in site.catalog.entries()} <= set(items)
    card = items["social_insurance/9.6"]
    assert card["title"] == "社保卡丢了先挂失"
    assert "path" not in card, "the engine makes it out of the id"
    assert "summary" not in card, "it is not searched"
    assert "社保卡被偷" in card["words"].split("|")
    assert card["bring"]
    assert index["offices"][card["offices"][0]][2]


def test_what_a_county_left_out_is_found_with_the_reason(site: Site) -> None:
    items = {item["id"]: item for item in parsed(county_index(site))["items"]}
    assert "设区的市" in items["employment/9.1"]["omitted"]
    assert items["employment/9.1"]["path"] == "employment/index.html#omitted"


def test_headings_of_guides_are_found_where_the_page_has_them(site: Site) -> None:
    index = parsed(county_index(site))
    told = [(titles, item, section) for titles, item, section in index["questions"] if isinstance(titles, list)]
    found = {title: (item, section) for titles, item, section in told for title in titles}
    item, section = found["交了3年，能领几个月？"]
    assert (index["items"][item]["id"], section) == ("social_insurance/7.1", 4)
    paths = {line.title: line.path for line in questions(site.catalog)}
    assert paths["交了3年，能领几个月？"] == "social_insurance/7-1/index.html#s4-交了3年能领几个月"
    assert "这是什么" not in found  # in every guide


def test_articles_are_found_each_under_its_kind(site: Site) -> None:
    article = Article("faq", "card", Place("card.md"), "卡丢了，养老金还发吗？", date(2026, 3, 1))
    articles = (article, replace(article, kind="notices", slug="hours", title="周六也办"))
    index = parsed(county_index(Site(replace(site.catalog, articles=articles), site.date)))
    assert index["questions"][0] == ["卡丢了，养老金还发吗？", "faq/card/index.html", "常见问题"]
    assert index["articles"] == [["周六也办", "notices/hours/index.html", "通知公告"]]


def test_policies_lead_to_the_items_that_they_carry(site: Site) -> None:
    index = parsed(county_index(site))
    _, number, note = next(line for line in index["policies"] if line[0] == "工伤保险条例")
    assert re.fullmatch(r"国务院令第586号，\*等\d+项的依据", note)
    robots = {policy["title"]: policy for policy in json.loads(search_data(site))["policies"]}
    item = index["items"][number]
    assert robots["工伤保险条例"]["note"] == note.replace("*", item["title"])
    assert robots["工伤保险条例"]["url"] == f"{item['id'].replace('.', '-')}/index.html#directory"


def test_ways_in_stand_beside_the_items_that_they_lead_to(site: Site) -> None:
    index = parsed(county_index(site))
    found = {
        title: (path, note, [index["items"][at]["id"] for at in items]) for title, path, note, items in index["ways"]
    }
    path, note, items = found["失业了"]
    assert (path, note) == ("events/lost-job/index.html", "一件事，先登记，再申领失业保险金")
    assert items[:2] == ["employment/4.1", "social_insurance/7.1"]
    assert found["哪个月退休"][0] == "reckon/retirement/index.html"
    assert found["哪个月退休"][2] == ["social_insurance/5.1"]
    assert found["我能办什么"] == ("wizard/index.html", "不知道办哪一件，答几个问题", [])
    robots = json.loads(search_data(site))["ways"]
    assert [way["title"] for way in robots] == list(found)
    assert robots[0]["items"] == found[robots[0]["title"]][2]


def test_what_the_county_has_no_page_of_is_not_offered(site: Site) -> None:
    nothing = Site(replace(site.catalog, directories={}), site.date, benefit_rules=site.benefit_rules)
    assert list(entrances(nothing)) == []
    assert list(entrances(Site(replace(site.catalog, navigation=NO_NAVIGATION), site.date))) == []


def test_ways_in_make_the_index_hardly_longer(site: Site) -> None:
    without = Site(replace(site.catalog, navigation=NO_NAVIGATION), site.date)
    before, after = (len(gzip.compress(county_index(each))) for each in (without, site))
    assert after - before < 1000


def test_nothing_in_a_name_ends_the_script(site: Site) -> None:
    overlay = replace(site.catalog.overlay, name="</script><b>\u2028\ud800")
    script = county_index(Site(replace(site.catalog, overlay=overlay), site.date))
    assert b"<" not in script
    assert "\u2028" not in script.decode()


def test_an_index_is_packed_and_nothing_else_is_changed() -> None:
    script = """window.gkdirIndex={"a":"啊阿埃埃阿阿 \u0101 '· 丟\\\\\\" PIN"};\n"""
    text = """{"a":"CABBAA \\\\u0101 \\'· 丟\\\\\\\\\\\\" \\\\u0050\\\\u0049\\\\u004e"}"""
    expected = f"window.gkdirIndex={{often:'阿埃啊',steps:'^^^',text:'{text}'}};\n"
    assert packed(script.encode()).decode() == expected


def test_the_index_of_all_grows_with_places_alone(project: Project) -> None:
    def size(count: int) -> int:
        places = (SearchPlace(f"place{n:04}", f"第{n:04}县") for n in range(count))
        return len(root_index(places, project.national, project.words))

    one, many = size(100) - size(0), size(3000) - size(0)
    assert many < 31 * one
    assert one / 100 < 50


def test_a_place_says_which_items_it_lacks_by_number(project: Project) -> None:
    index = parsed(root_index((SearchPlace("a", "甲县", ("employment/9.1", "no/1")),), project.national, NO_WORDS))
    assert [index["items"][number]["id"] for number in index["places"][0][2]] == ["employment/9.1"]


def test_robots_get_the_same_in_plain_json(site: Site) -> None:
    document = json.loads(search_data(site))
    assert list(document) == [
        "county",
        "name",
        "items",
        "groups",
        "places",
        "questions",
        "articles",
        "policies",
        "ways",
    ]
    item = next(item for item in document["items"] if item["id"] == "social_insurance/7.1")
    assert item["url"] == "social_insurance/7-1/index.html"
    assert item["bring"] == ["居民身份证或者社会保障卡", "失业保险金申领表"]
    assert item["offices"][0]["phone"] == "0600-5550121"
    assert document["groups"][0][:2] == ["失业保险金", "失业金"]
    assert {"name": "河沿乡", "url": "towns/heyan/index.html"} in document["places"]


def test_a_browser_can_search_from_its_own_bar() -> None:
    root = ElementTree.fromstring(opensearch("清源县&“目录”", 'https://a.gov.cn/"x"/'))
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{space}ShortName") == "清源县&“目录”"
    url = root.find(f"{space}Url")
    assert url is not None
    assert url.get("template") == 'https://a.gov.cn/"x"/index.html?q={searchTerms}'


def test_the_scripts_speak_to_old_browsers() -> None:
    # JavaScript of 2017: no ?. and ??, no look-behind, no \p{…}, no modules; and text is never inserted as HTML.
    for script in (template_folder() / "_assets").glob("search*.js"):
        text = script.read_text(encoding="utf-8")
        for newer in ("?.", "??", "(?<", "\\p{", "import ", "export ", "innerHTML", "insertAdjacent", "Segmenter"):
            assert newer not in text, (script.name, newer)
        assert Path(script).stat().st_size < 40_000
