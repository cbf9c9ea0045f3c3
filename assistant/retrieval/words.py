"""What people call a product type and a flag, in each locale: words to be found by, never shown to a customer."""

from __future__ import annotations

from assistant.domain.values import Locale

_Words = dict[str, dict[Locale, str]]
_TYPES: _Words = {
    "demand_deposit": {"zh-Hans": "活期存款", "zh-Hant": "活期存款 活存", "en": "demand deposit savings account"},
    "term_deposit": {"zh-Hans": "定期存款 定存", "zh-Hant": "定期存款 定存", "en": "term deposit fixed time deposit"},
    "notice_deposit": {"zh-Hans": "通知存款", "zh-Hant": "通知存款", "en": "notice deposit"},
    "structured_deposit": {"zh-Hans": "结构性存款", "zh-Hant": "結構型存款", "en": "structured deposit"},
    "wealth": {"zh-Hans": "理财产品", "zh-Hant": "理財商品", "en": "wealth product"},
    "fund": {"zh-Hans": "基金", "zh-Hant": "基金", "en": "fund"},
    "insurance": {"zh-Hans": "保险", "zh-Hant": "保險", "en": "insurance policy"},
    "loan": {"zh-Hans": "贷款 借款", "zh-Hant": "貸款 借款", "en": "loan borrowing"},
    "credit_card": {"zh-Hans": "信用卡", "zh-Hant": "信用卡", "en": "credit card"},
    "account": {"zh-Hans": "账户 开户", "zh-Hant": "帳戶 開戶", "en": "bank account"},
    "payment": {"zh-Hans": "支付 付款", "zh-Hant": "支付 付款", "en": "payment"},
}
_FLAGS: _Words = {
    "principal_guaranteed": {"zh-Hans": "保本", "zh-Hant": "保本", "en": "principal guaranteed"},
    "deposit_insured": {"zh-Hans": "存款保险", "zh-Hant": "存款保險", "en": "deposit insurance"},
    "no_fee": {"zh-Hans": "免费 无手续费", "zh-Hant": "免費 免手續費", "en": "no fee free of charge"},
    "instant_redemption": {"zh-Hans": "随时赎回", "zh-Hant": "隨時贖回", "en": "redeem at any time"},
    "transferable": {"zh-Hans": "可转让", "zh-Hant": "可轉讓", "en": "transferable"},
    "no_minimum": {"zh-Hans": "无起点 零起点", "zh-Hant": "無起點 零起點", "en": "no minimum"},
}


def type_words(product_type: str, locale: Locale) -> str:
    """The common names of a product type; its id in words where there is none."""
    return _TYPES.get(product_type, {}).get(locale) or product_type.replace("_", " ")


def flag_words(flag: str, locale: Locale) -> str:
    """How a flag that holds is said; its id in words where there is none."""
    return _FLAGS.get(flag, {}).get(locale) or flag.replace("_", " ")
