"""The default script's words for a call: plain sentences, a place for every text that the request's schema names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ESCAPED = re.compile(r"\\(.)")
# Per locale: sentences by the text that they stand in; `{0}` is the thing spoken of, `{1}` its sum.
_WORDS: dict[str, dict[str, list[str]]] = {
    "en": {
        "purpose": [
            "I am calling about something that has changed on your account, and I would like to hear how things stand "
            "for you. There is nothing that you need to do, and whatever we talk about now, you can think it over "
            "afterwards in your own time, and ask whoever you like."
        ],
        "discovery": [
            "What would you like to have settled in the coming months, if anything?",
            "How do you usually go about a thing like this, and who helps you with it?",
            "What would you want to be clear about before you decide anything at all?",
        ],
        "questions": [
            "How did it go for you, from the beginning to the end?",
            "Was there anything about it that seemed odd to you?",
            "Has anybody asked you to keep it to yourself?",
        ],
        "advice": [
            "If something about it does not feel right, please leave it alone and speak to somebody you trust first.",
            "Please keep to the app and to the branch, and do not follow what a stranger tells you on the telephone.",
        ],
        "lead": ["What I have here is only a suggestion to think about, and nothing need be decided today."],
        "part": ["{1} could go to {0}, if that suits you. Please look at its terms before you decide."],
        "rest": ["{1} simply stays where it is, so that you can use it whenever you need it."],
        "close": ["That is all of it. Any part may be dropped, and the choice is yours."],
        "offer": ["You could look at {0}, if that suits you. Please read its terms before you decide on anything."],
        "ask": ["I have no time for this.", "I would like to think about it.", "How do I know that it is you?"],
        "answer": [
            "That is quite all right. If you like, tell me a better time, and if not, there is nothing you need do.",
            "Please do, there is no hurry. You may like to talk it over at home as well.",
            "You are right to ask. Please hang up and ring the number in the app.",
        ],
        "next_step": [
            "If you would like to go on, you can do so in the app or at the branch, and I will gladly help you with "
            "it. If not, nothing changes."
        ],
    },
    "zh-Hans": {
        "purpose": [
            "打来是因为账户上有件事想跟{you}说一声，也想听听{you}那边是怎么打算的。今天不用做任何决定，听过以后可以慢慢想，"
            "也可以跟家里人商量，有哪里不清楚，随时都能再问我，我这边会把话说明白。"
        ],
        "discovery": [
            "接下来几个月，{you}最想先把哪件事安排好？",
            "平时遇到这样的事，{you}一般怎么处理，会跟谁商量？",
            "在做决定之前，{you}最想弄明白的是哪一点？",
        ],
        "questions": [
            "这件事从头到尾，{you}是怎么经过的？",
            "中间有没有哪里让{you}觉得不对劲？",
            "有没有人叫{you}不要告诉别人？",
        ],
        "advice": [
            "要是觉得哪里不对，先停下来，跟信得过的人商量一下再说。",
            "办事请用手机银行或者到网点，别照着陌生电话里说的去做。",
        ],
        "lead": ["我这里只是一份供{you}参考的想法，今天不用定下来。"],
        "part": ["{1}可以考虑{0}，合适再定，办之前请先看清条款。"],
        "rest": ["{1}就留在账户上，要用的时候随时能用。"],
        "close": ["就是这些，哪一部分不合适都可以去掉，由{you}来定。"],
        "offer": ["{you}可以了解一下{0}，合适再定，办之前请先把条款看清楚，不着急。"],
        "ask": ["我现在没空。", "我想再考虑考虑。", "怎么知道你真是银行的？"],
        "answer": [
            "没关系，{you}先忙。方便的时候我们再说，不方便也不要紧。",
            "应该的，不用急。也可以先跟家里人商量。",
            "问得对。可以先挂断，再按手机银行里的号码打回来。",
        ],
        "next_step": [
            "要是愿意往下看，手机银行里或者网点都可以办，我可以陪着{you}一步一步来。不想办也没关系，什么都不会变。"
        ],
    },
    "zh-Hant": {
        "purpose": [
            "來電是因為帳戶上有件事想跟{you}說一聲，也想聽聽{you}的打算。今天不用做任何決定，聽過以後可以慢慢想，"
            "也可以跟家人商量，有哪裡不清楚，隨時都可以再問我，我這邊會把話說明白。"
        ],
        "discovery": [
            "接下來幾個月，{you}最想先把哪件事安排好？",
            "平常遇到這樣的事，{you}通常怎麼處理，會跟誰商量？",
            "在做決定之前，{you}最想弄清楚的是哪一點？",
        ],
        "questions": [
            "這件事從頭到尾，{you}是怎麼經過的？",
            "中間有沒有哪裡讓{you}覺得不對勁？",
            "有沒有人要{you}不要告訴別人？",
        ],
        "advice": [
            "如果覺得哪裡不對，先停下來，跟信得過的人商量一下再說。",
            "辦理請用行動銀行或到分行，不要照著陌生電話裡說的去做。",
        ],
        "lead": ["我這裡只是一份供{you}參考的想法，今天不用定下來。"],
        "part": ["{1}可以考慮{0}，合適再決定，辦理之前請先看清條款。"],
        "rest": ["{1}就留在帳戶上，要用的時候隨時可以用。"],
        "close": ["就是這些，哪一部分不合適都可以去掉，由{you}決定。"],
        "offer": ["{you}可以了解一下{0}，合適再決定，辦理之前請先把條款看清楚，不著急。"],
        "ask": ["我現在沒空。", "我想再考慮看看。", "怎麼知道你真的是銀行？"],
        "answer": [
            "沒關係，{you}先忙。方便的時候我們再說，不方便也不要緊。",
            "應該的，不用急。也可以先跟家人商量。",
            "問得對。可以先掛斷，再照行動銀行裡的號碼打回來。",
        ],
        "next_step": [
            "如果願意往下看，行動銀行或分行都可以辦理，我可以陪{you}一步一步來。不想辦也沒關係，什麼都不會變。"
        ],
    },
}


def call_words(fields: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """A text for every field of a call's schema, in its own number, with the slots that the field must hold."""
    words = _WORDS[locale]
    return {name: _field(words, name, schema) for name, schema in fields.items()}


def _field(words: Mapping[str, list[str]], name: str, schema: Mapping[str, Any]) -> Any:
    if name == "plan":
        return {part: _part(words, part, one) for part, one in schema["properties"].items()}
    if schema.get("type") != "array":
        return words[name][0]
    count = int(schema.get("minItems", 1))
    if name == "objections":
        pairs = zip(words["ask"], words["answer"], strict=True)
        return [{"ask": ask, "answer": answer} for ask, answer in list(pairs)[:count]]
    return words[name][:count]


def _part(words: Mapping[str, list[str]], part: str, schema: Mapping[str, Any]) -> str:
    slots = _ESCAPED.sub(r"\1", schema.get("pattern", ""))
    own = "part" if "{product.name}" in slots else "rest"
    role = part if part in ("lead", "close", "offer") else own
    return words[role][0].replace("{0}", "{product.name}").replace("{1}", "{plan.amount}")
