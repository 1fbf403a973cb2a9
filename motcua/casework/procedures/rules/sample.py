"""A small procedure in structured text, for tests and for measuring: three steps, one paper.

Its code is left open: `SAMPLE.format(code=…)`.
"""

SAMPLE = """
code: "{code}"
name: Cấp giấy xác nhận tình trạng hôn nhân
plain_name: Xin giấy xác nhận độc thân
sector_code: G15-HT
sector_name: Hộ tịch
level: commune
decided_by: Chủ tịch Ủy ban nhân dân cấp xã
subjects: [Công dân Việt Nam]
life_events: [ket-hon]
legal_basis:
  - {{number: 60/2014/QH13, title: Luật Hộ tịch}}
cases:
  - code: thuong
    name: Cấp lần đầu
    limits: {{counter: 3 working_day, portal: 3 working_day, post: 3 working_day}}
  - code: cap-lai
    name: Cấp lại
    when: cap_lai = true
    limits: {{counter: 3 working_day, portal: 3 working_day}}
fees:
  - {{code: le-phi, name: Lệ phí xác nhận, amount_vnd: 15000, quantity: so_ban,
     exempt_when: ho_ngheo = true, exemptions: người thuộc hộ nghèo}}
papers:
  - {{code: to-khai, name: Tờ khai theo mẫu, originals: 1}}
  - {{code: giay-cu, name: Giấy xác nhận đã cấp, originals: 1, cases: [cap-lai]}}
  - {{code: giay-to-tuy-than, name: Giấy tờ tùy thân, handling: show}}
outcomes:
  - {{code: xac-nhan, name: Giấy xác nhận tình trạng hôn nhân, result_code: KQ.G15.000038,
     validity_months: 6, title: GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN}}
form:
  code: xac-nhan-hon-nhan
  title: Tờ khai cấp giấy xác nhận tình trạng hôn nhân
  pages:
    - title: Người được xác nhận
      fields:
        - {{name: ho_ten, label: "Họ, chữ đệm, tên", prefill: person.full_name, searchable: true}}
        - {{name: muc_dich, label: Mục đích sử dụng, kind: long_text}}
        - {{name: so_ban, label: Số bản, kind: number, minimum: 1, maximum: 10}}
        - {{name: ho_ngheo, label: Thuộc hộ nghèo, kind: yes_no, required: false}}
        - {{name: cap_lai, label: Xin cấp lại, kind: yes_no, required: false}}
process:
  - {{code: tham-dinh, name: Thẩm định, duty: justice, role: handler,
     budget: {{amount: 8, unit: working_hour}}}}
  - {{code: duyet, name: Trình lãnh đạo, kind: approval, duty: justice, role: unit_head,
     return_to: tham-dinh}}
  - {{code: ky, name: Ký giấy xác nhận, kind: decision, duty: leadership, role: agency_leader,
     return_to: tham-dinh}}
"""
