"""What visitors do, from the question to the file that they take away, on a desktop and on a telephone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import check

BOX = "提问或查找"


def taken(page: Page, name: str, folder: Path) -> str:
    """The text of the file behind a link."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes().decode("utf-8-sig")


def lit(page: Page) -> str:
    """The words that are lit in a source."""
    expect(page.locator("mark.m-lit").first).to_be_visible()
    return "".join(page.locator("mark.m-lit").all_text_contents())


def test_from_a_question_to_a_table(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_label(BOX).fill("谁牵头智能传感器")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".answer h2").first).to_have_text("深圳市工业和信息化局")
    expect(page.locator(".basis").first).to_contain_text("第一发文单位")
    page.locator(".answer blockquote a").first.click()
    assert "工业和信息化局" in lit(page)
    check(page)
    page.go_back()
    page.locator(".answer h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("深圳市工业和信息化局")
    page.locator("main").get_by_role("link", name="智能传感器", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("智能传感器")
    page.get_by_role("link", name="谁做什么").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("集群 × 区域")
    assert taken(page, "CSV", tmp_path).splitlines()[0].startswith("产业集群,")


def test_the_same_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label(BOX).focus()
    page.keyboard.type("谁牵头智能传感器")
    page.keyboard.press("Enter")
    expect(page.locator(".answer h2").first).to_have_text("深圳市工业和信息化局")
    reached = ""
    for _ in range(40):
        page.keyboard.press("Tab")
        reached = page.evaluate("document.activeElement.getAttribute('href') || ''")
        if reached.startswith("/source/"):
            break
    assert reached.startswith("/source/")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert lit(page)


def test_names_are_offered_while_one_types_pinyin(page: Page) -> None:
    page.goto("/")
    box = page.get_by_label(BOX)
    box.press_sequentially("zhinengchuangan", delay=5)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("智能传感器")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("q")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(re.compile("/id/"))


def test_nothing_is_asked_while_an_input_method_composes(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.clock.install()
    page.goto("/")
    box = page.get_by_label(BOX)
    fire = "(box, [name, data]) => box.dispatchEvent(new (name === 'input' ? InputEvent : CompositionEvent)"
    fire += "(name, { data, isComposing: name === 'input', bubbles: true }))"
    box.focus()
    box.evaluate(fire, ["compositionstart", ""])
    box.evaluate("box => { box.value = 'hai' }")
    box.evaluate(fire, ["input", "hai"])
    page.clock.run_for(1000)
    assert asked == []
    box.evaluate("box => { box.value = '海洋' }")
    box.evaluate(fire, ["compositionend", "海洋"])
    page.clock.run_for(1000)
    expect(page.get_by_role("option").first).to_contain_text("海洋")
    assert len(asked) == 1


def test_english_stays_english(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Marine industry", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Marine industry")
    assert "lang=en" in page.url
    page.get_by_role("link", name="Targets", exact=True).click()
    page.get_by_label("Find in this list").fill("增加值")
    page.get_by_role("button", name="Filter").click()
    assert "lang=en" in page.url and "q=" in page.url
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert "lang=" not in page.url


def test_a_fact_opens_its_sentence_in_place(page: Page) -> None:
    page.goto("/id/cluster/smart-sensors")
    expect(page.locator(".lead")).to_contain_text("需年均增长 18.9%")
    proof = page.locator("table .proof").first
    expect(proof.locator("blockquote").first).to_be_hidden()
    proof.locator("summary").click()
    expect(proof.locator("blockquote").first).to_be_visible()
    proof.locator("a").first.click()
    assert lit(page)


def test_the_tasks_of_a_plan_can_be_narrowed_to_one_body(page: Page) -> None:
    page.goto("/id/cluster/smart-sensors")
    every = page.locator(".tree li").count()
    page.get_by_text("只看一个部门的任务").click()
    page.locator("#tasks .facet").get_by_role("link", name=re.compile("深圳市科技创新委员会")).click()
    page.wait_for_url(re.compile("agency=sz-science-technology-innovation"))
    assert 0 < page.locator(".tree li").count() < every
    expect(page.locator(".tree")).to_contain_text("深圳市科技创新委员会")


def test_the_reader_shows_what_one_wants_to_see(page: Page) -> None:
    page.goto("/source/news-agency-report-2023")
    expect(page.locator("mark.m-observation").first).to_be_visible()
    assert page.locator("mark.m-enterprise").count() == 0
    page.locator(".kinds").get_by_role("link", name=re.compile("企业")).click()
    expect(page.locator("mark.m-enterprise").first).to_be_visible()
    page.locator(".kinds").get_by_role("link", name=re.compile("现状数据")).click()
    expect(page.locator("mark.m-enterprise").first).to_be_visible()
    assert page.locator("mark.m-observation").count() == 0


def test_a_place_in_a_long_document_has_an_address(page: Page) -> None:
    page.goto("/source/shenzhen-industry-magazine-2022")
    page.get_by_role("link", name="下一部分").first.click()
    number = page.locator(".para .no").nth(4)
    target = number.get_attribute("href")
    page.goto(f"/source/shenzhen-industry-magazine-2022{target}")
    expect(page.locator(str(target))).to_be_visible()
    page.goto("/quality")
    page.locator("main td a[href*='magazine']").last.click()
    words = lit(page)
    start, end = re.findall(r"char=(\d+),(\d+)", page.url)[0]
    page.goto(f"/source/shenzhen-industry-magazine-2022#char={start},{end}")
    assert lit(page) == words


def test_targets_are_narrowed_sorted_and_taken_away(page: Page, tmp_path: Path) -> None:
    page.goto("/targets")
    page.locator(".facet summary", has_text="指标").click()
    page.locator(".facet").get_by_role("link", name=re.compile("^增加值 ")).click()
    page.wait_for_url(re.compile("metric="))
    page.get_by_role("link", name=re.compile("^数值")).click()
    page.get_by_role("link", name=re.compile("^数值")).click()
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    expect(page.locator("tbody .meter").first).to_be_visible()
    rows = page.locator("tbody tr").count()
    text = taken(page, "CSV", tmp_path)
    assert text.count("\r\n") == rows + 1 and "原文" in text.splitlines()[0]
    page.get_by_role("link", name="同样的 SPARQL 查询").click()
    page.get_by_role("button", name="运行").click()
    expect(page.locator("caption .count")).to_have_text(str(rows))


def test_a_cell_of_the_matrix_opens_its_facts(page: Page) -> None:
    page.goto("/matrix?of=agency")
    cell = page.locator("td.lead-cell a").first
    count = str(cell.text_content())
    cell.click()
    expect(page.locator("caption .count")).to_have_text(count)
    page.go_back()
    page.get_by_role("link", name="行列互换").click()
    expect(page.locator("tbody th").first).to_contain_text("深圳市")


def test_two_things_side_by_side(page: Page) -> None:
    page.goto("/id/cluster/smart-sensors")
    page.get_by_role("link", name="对比", exact=True).last.click()
    page.goto("/compare?thing=cluster/smart-sensors")
    page.get_by_label("再加一个").select_option("cluster/smart-terminals")
    page.get_by_role("button", name="加入").click()
    expect(page.locator("thead th")).to_have_count(2)
    expect(page.locator(".shared").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^移除")).first.click()
    expect(page.locator("thead th")).to_have_count(1)


def test_figures_of_a_metric_by_year(page: Page) -> None:
    page.goto("/timeline")
    page.get_by_text("选择指标").click()
    page.locator(".facet").get_by_role("link", name=re.compile("^营业收入 ")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("营业收入")
    page.locator("td.number a").first.click()
    expect(page.locator("blockquote").first).to_be_visible()


def test_the_graph_around_a_thing_and_the_way_to_another(page: Page, tmp_path: Path) -> None:
    page.goto("/explore?from=cluster/smart-sensors")
    shown = page.locator("svg.graph:visible circle")
    before = shown.count()
    # The picture fits the screen: nothing of it is to be scrolled to.
    picture = page.locator("svg.graph:visible")
    assert picture.evaluate("e => e.parentElement.scrollWidth <= e.parentElement.clientWidth")
    page.get_by_role("link", name="展开").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("、")
    assert shown.count() >= before > 10
    page.get_by_label("从").fill("智能传感器")
    page.get_by_label("到（").fill("海洋")
    page.get_by_role("button", name="看").click()
    page.wait_for_url(re.compile("to=cluster/marine"))
    expect(page.locator("svg.graph:visible path.on-path").first).to_be_attached()
    assert taken(page, "SVG", tmp_path).lstrip().startswith("<svg")


def test_a_thing_in_the_picture_is_dragged_aside_with_its_ties(page: Page) -> None:
    page.goto("/explore?from=cluster/smart-sensors")
    address = page.url
    node = page.locator("svg.graph:visible a").nth(1)
    tie = page.locator("svg.graph:visible path[data-ends]").first
    node.scroll_into_view_if_needed()
    before, box = tie.get_attribute("d"), node.locator("circle").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 40, steps=4)
    page.mouse.up()
    expect(node).to_have_attribute("transform", re.compile("translate"))
    assert tie.get_attribute("d") != before and page.url == address


def test_a_picture_that_is_dragged_opens_nothing(page: Page) -> None:
    page.goto("/explore/all")
    field = page.locator("#field")
    expect(field).to_have_attribute("data-frames", re.compile("."))
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(x + 2 * step, y + step)
    page.mouse.up()
    expect(page).to_have_url(re.compile("/explore/all$"))


def test_a_query_that_can_not_be_read_shows_the_place(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/query")
    box = page.locator("#query")
    expect(page.locator("#colours .t-word").first).to_have_text("PREFIX")
    box.fill("SELECT ?s WHERE {\n  ?s ?p ) 海洋")
    expect(page.locator("#colours .t-variable").first).to_have_text("?s")
    assert page.locator("#colours").text_content() == f"{box.input_value()}\n"
    page.get_by_role("button", name="运行").click()
    place = re.search(r"第 2 行第 (\d+) 个字符", page.get_by_role("alert").inner_text())
    expect(box).to_be_focused()
    assert place and box.evaluate("box => box.selectionStart") == len("SELECT ?s WHERE {\n") + int(place[1]) - 1


def test_a_printed_page_says_where_and_when(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/id/cluster/smart-sensors")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.evaluate("getComputedStyle(document.getElementById('main'), '::after').content")
    assert "/id/cluster/smart-sensors" in printed and re.search(r"20\d\d-\d\d-\d\d", printed)
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_whole_graph_is_drawn(page: Page) -> None:
    page.goto("/explore/all")
    field = page.locator("#field")
    expect(field).to_have_attribute("data-frames", "1")
    drawn = str(field.evaluate("f => f.toDataURL()"))
    assert field.evaluate("f => f.getContext('2d').getImageData(0, 0, f.width, f.height).data.some((v) => v)")
    field.focus()
    page.keyboard.press("+")
    expect(field).to_have_attribute("data-frames", "2")
    assert field.evaluate("f => f.toDataURL()") != drawn


def test_a_query_is_completed_run_and_kept(page: Page, tmp_path: Path) -> None:
    page.goto("/query")
    page.get_by_role("link", name=re.compile("每个集群由谁牵头")).click()
    expect(page.locator("caption .count")).to_have_text("28")
    assert taken(page, "csv", tmp_path).startswith("cluster,agency")
    box = page.locator("#query")
    box.fill("ASK { ?s a ")
    box.press("End")
    box.press_sequentially("ckg:Clus")
    expect(page.get_by_role("option").first).to_contain_text("ckg:Cluster")
    box.press("Enter")
    assert box.input_value() == "ASK { ?s a ckg:Cluster"
    box.press_sequentially(" }")
    box.fill("PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>\n" + box.input_value())
    page.get_by_role("button", name="运行").click()
    expect(page.locator("section .lead")).to_have_text("是")


def test_all_is_there_without_scripts(context: BrowserContext, address: str) -> None:
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, base_url=address)
    page = plain.new_page()
    page.goto("/?q=谁牵头智能传感器")
    expect(page.locator(".answer h2").first).to_have_text("深圳市工业和信息化局")
    page.locator(".answer blockquote a").first.click()
    assert lit(page)
    page.goto("/explore?from=cluster/smart-sensors")
    page.locator("svg.graph:visible a").nth(1).click()
    page.wait_for_url(re.compile("from="))
    plain.close()


@pytest.mark.parametrize("path", ["/nope", "/id/cluster/nope"])
def test_a_wrong_address_keeps_the_box(context: BrowserContext, path: str) -> None:
    page = context.new_page()
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到")
    page.get_by_label(BOX).fill("海洋产业集群由谁牵头")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".answer h2").first).to_have_text("深圳市规划和自然资源局")
