"""Models come and go as DMN files; what would run somebody's code is refused."""

import pytest

from motcua.lib.decisions import (
    NAMESPACES,
    BadTable,
    Formula,
    HitPolicy,
    Input,
    Kind,
    Model,
    Output,
    Rule,
    Table,
    compile_model,
    read_dmn,
    write_dmn,
)

TABLE = Table(
    id="muc",
    name="Mức thu",
    inputs=(Input("on", Kind.DAY, "Ngày nộp"), Input("doi_tuong", Kind.TEXT, allowed='"a", "b"')),
    outputs=(Output("vnd", Kind.NUMBER, "Số tiền", default="0"), Output("vi_sao", Kind.TEXT)),
    rules=(
        Rule(
            ('<= date("2026-12-31")', "-"), ("25000", '"giảm < 50 % & hết hạn"'), ("Điều 1",), "a"
        ),
        Rule(('> date("2026-12-31")', '"a"'), ("50000", ""), ("Điều 2",), "b"),
    ),
    hit_policy=HitPolicy.FIRST,
    annotations=("Căn cứ",),
)
MODEL = Model("phi", "Phí thẩm định", (TABLE, Formula("tong", "tong", "so * 2", ("muc",))))

BY_OTHERS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="%s" xmlns:x="urn:x" id="d" name="Phí" namespace="urn:x">
  <inputData id="i" name="so_ban"/>
  <decision id="phi" name="Phi">
    <variable name="phi_ban_sao" typeRef="number"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <decisionTable hitPolicy="COLLECT" aggregation="SUM">
      <input label="Số bản"><inputExpression typeRef="x:integer"><text>so_ban</text>
      </inputExpression></input>
      <output typeRef="number"/>
      <rule><inputEntry><text>&gt;= 1</text></inputEntry>
        <outputEntry><text>so_ban * 8000</text></outputEntry></rule>
      <rule><inputEntry><text>&gt; 10</text></inputEntry>
        <outputEntry><text>-1000</text></outputEntry></rule>
      %s
    </decisionTable>
  </decision>
</definitions>"""


def test_what_is_written_is_read_again_and_written_alike() -> None:
    content = write_dmn(MODEL)
    assert (read_dmn(content), write_dmn(read_dmn(content))) == (MODEL, content)


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_files_of_others_are_read_in_each_version(namespace: str) -> None:
    model = read_dmn((BY_OTHERS % (namespace, "")).encode())
    decided = compile_model(model).decide({"so_ban": 12})["phi_ban_sao"]
    assert (decided.value, decided.rows) == (95_000, (1, 2))


@pytest.mark.parametrize(
    ("put_in", "complaint"),
    [
        ("<x:script>rm</x:script>", "đoạn mã"),
        ("<functionDefinition kind='Java'/>", "“functionDefinition” ở dòng"),
        ("<invocation/>", "lời gọi hàm"),
        ("<for/>", "vòng lặp"),
        ("<rule expressionLanguage='http://www.java.com/java'/>", "chỉ nhận FEEL"),
    ],
)
def test_what_calls_code_is_refused_by_name(put_in: str, complaint: str) -> None:
    with pytest.raises(BadTable, match=complaint):
        read_dmn((BY_OTHERS % (NAMESPACES[0], put_in)).encode())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('typeRef="x:integer"', 'typeRef="duration"'), "loại “duration”"),
        (('typeRef="x:integer"', ""), "không ghi loại"),
        (('hitPolicy="COLLECT"', 'hitPolicy="LAST"'), "không có quy tắc chọn hàng “LAST”"),
        (('aggregation="SUM"', 'aggregation="AVG"'), "không có phép gộp “AVG”"),
        (("<text>so_ban</text>", "<text/>"), "không có biểu thức"),
        (('id="phi"', ""), "không có mã"),
        (("decisionTable", "other"), "không có bảng hay biểu thức"),
        (("definitions", "Definitions"), "không phải mô hình DMN"),
        (("</definitions>", ""), "không phải XML đọc được"),
        (('<?xml version="1.0" encoding="UTF-8"?>', "<!DOCTYPE a>"), "khai báo thực thể"),
    ],
)
def test_what_cannot_be_used_is_said(change: tuple[str, str], complaint: str) -> None:
    content = (BY_OTHERS % (NAMESPACES[0], "")).replace(*change)
    with pytest.raises(BadTable, match=complaint):
        read_dmn(content.encode())


def test_a_file_without_decisions_is_refused() -> None:
    with pytest.raises(BadTable, match="không có quyết định nào"):
        read_dmn(f'<definitions xmlns="{NAMESPACES[0]}"/>'.encode())


OURS = """<definitions xmlns="%s" id="d" name="Phí" namespace="urn:x">
  <decision id="phi" name="Phí">
    <decisionTable hitPolicy="FIRST">
      <input label="Ngày nộp">
        <inputExpression typeRef="date"><text>on</text></inputExpression></input>
      <input><inputExpression typeRef="string"><text>loai</text></inputExpression>
        <inputValues><text>"xa", "phuong"</text></inputValues></input>
      <output name="amount_vnd" typeRef="number">
        <defaultOutputEntry><text>9</text></defaultOutputEntry></output>
      <output name="reason" typeRef="string"/>
      <annotation name="Căn cứ"/>
      <rule id="a"><inputEntry><text>(date("2026-08-14")..date("2027-02-28")]</text></inputEntry>
        <inputEntry><text>not("xa")</text></inputEntry>
        <outputEntry><text>25000</text></outputEntry><outputEntry><text>"giảm"</text></outputEntry>
        <annotationEntry><text>NQ 66.22</text></annotationEntry></rule>
      <rule id="b"><inputEntry><text>&gt; date("2027-02-28")</text></inputEntry>
        <inputEntry><text>-</text></inputEntry>
        <outputEntry><text>50000</text></outputEntry><outputEntry><text>-</text></outputEntry>
        <annotationEntry><text>TT 101</text></annotationEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""


@pytest.mark.parametrize("namespace", [NAMESPACES[0], NAMESPACES[1]], ids=["1.3", "1.5"])
@pytest.mark.parametrize(
    ("facts", "answer", "rules"),
    [
        ({"on": "2026-08-15", "loai": "phuong"}, {"amount_vnd": 25000, "reason": "giảm"}, ["a"]),
        ({"on": "2026-08-14", "loai": "phuong"}, {"amount_vnd": 9, "reason": None}, []),
        ({"on": "2027-02-28", "loai": "xa"}, {"amount_vnd": 9, "reason": None}, []),
        ({"on": "2027-03-01", "loai": "xa"}, {"amount_vnd": 50000, "reason": None}, ["b"]),
    ],
)
def test_our_own_models_mean_the_same_in_both_namespaces(
    namespace: str, facts: dict[str, str], answer: dict[str, object], rules: list[str]
) -> None:
    decided = compile_model(read_dmn((OURS % namespace).encode())).decide(facts)["Phí"]
    assert (decided.answer, [one.id for one in decided.rules]) == (answer, rules)
