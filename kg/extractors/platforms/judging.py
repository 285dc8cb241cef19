"""Whether a stretch that ends like a carrier's name is the name of one carrier, or only says a kind of them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from kg.extractors.platforms.names import Candidate
from kg.facts import Document
from kg.grammar.words import any_of, load_words
from kg.places import leading_place, names_within
from kg.vocabulary import Vocabulary

Verdict = Literal["proper", "particular", "none"]

_WORDS = load_words(Path(__file__).parent, "judging")
_STATUSES = load_words(Path(__file__).parent, "lists")["statuses"]
_LONGEST, _SHORTEST = 34, 4
# Without the words that say its kind, a name must still hold a word.
_LEAST_REST = 2
_USED_REST, _PLACED_REST, _SHORT_BODY = 3, 4, 4
# A district's name that is as long as this is that of a zone, which is a carrier too (河套深港科技创新合作区).
_ZONE_NAME = 9
_COUNTED = re.compile(r"(?:\d+(?:[-—至]\d+)?|[一二三四五六七八九十两]+)[余多]?(?:个|家|条|座|所|处)")
_JUNK = re.compile(
    r"[：；，。！？《》\s]|^全[省市县区]|^[”’）)、和与及内好]|[（(“‘、和与及]$|^[^“]*”|^[^（]*）"  # broken off
    r"|重[大点][^、]{0,4}(?:项目|工程)$|政府|首[家个]|最[大深高]|一流|20\d\d年|^[一二三四五六]期"  # no part of a name
)
_FORMAL = re.compile("[（(](?:以下)?简称")
_BUILT = re.compile(
    "(?:[一二三四五六]期)?(?:(?:优化|提升|扩建|建设)*(?:项目|工程))?(?:在[^，。；、]{2,20}?)?"
    f"(?:正式|如期|全面|顺利|已经?|相继|先后)?{any_of(_STATUSES)}"
)
# A part that is built after or before others is one of a named thing.
_PHASE = re.compile("[一二三四五六七八九]期(?:项目|工程)?")
_SAID = re.compile(f"(?:[一二三四五]期)?(?:项目)?{any_of(load_words(Path(__file__).parent, 'lists')['stated'])}")
# A place in brackets within a name (中国（绵阳）科技城).
_BRACKETED = re.compile("[\u4e00-\u9fff][（(][\u4e00-\u9fff·、]{2,8}[）)]")
# A policy's label in quotes (“1+5+N”), which is no name.
_LABEL = re.compile(r"“[\dA-Za-z+]*\+[\dA-Za-z+]*”")
# Who says something is no carrier.
_SOURCES = ("根据", "据", "按照")
_BODIES = tuple(_WORDS["bodies"])
_RANKED = tuple(_WORDS["ranked"])
_WISHED = (*_WORDS["parts"], "基地")
_PLURAL = re.compile(any_of(_WORDS["plurals"]))
_KIND = re.compile(any_of((*_WORDS["kinds"], *_WORDS["scopes"], "的", "和", "与", "及", "、", "（", "）")))
_LONG_KIND = re.compile(
    any_of((*(kind for kind in _WORDS["kinds"] if len(kind) > 1), *_WORDS["scopes"], "的", "和", "与"))
)
_WIDE = re.compile(any_of(_WORDS["wide"]))
# Companies that are called so wherever they stand, with whose name a carrier's can begin (the words of another room).
_COMPANIES = tuple(
    name for names in load_words(Path(__file__).parents[1] / "enterprises", "known").values() for name in names
)
_TRADES = tuple(load_words(Path(__file__).parents[1] / "enterprises", None)["general"])
_FEATURE = re.compile("特色|专业|现有|重点(?!实验)|示范")
_NATIONALS = ("实验室", "研究中心", "创新中心")
_STATE_RANK = "国家级"
_STATE = re.compile("国家(?!级)")
_LYING = ("位于", "坐落")
# A park that China has with another country (中德产业园), and an event of the world's.
_SHARED = re.compile("中(?:德|新|韩|日|马|瑞|意|法|俄|以|英|美|荷|芬|欧|白|泰)(?!建|增|兴)")
_WORLD = re.compile(r"(?:20\d\d)?世界")
_COMPANY = re.compile(f"[\u4e00-\u9fff]{{2,4}}{any_of(('集团', '股份', '重工', '药业', '控股', '酒业', '重科'))}.")
_RANK = re.compile(any_of(_WORDS["ranks"]))
_RENEWAL = re.compile(any_of(_WORDS["renewals"]))
_INVITATION = re.compile(any_of(_WORDS["invitations"]) + "[^，。；]*$")
# A laboratory or centre of the nation that is named by its field (公共大数据国家重点实验室).
_NATIONAL = re.compile(
    r"(?!.*的)[\u4e00-\u9fffA-Za-z]{3,}(?<!家)(?:国家|全国)(?:地方联合)?(?:重点|工程|工程技术|技术)$"
)
# A place in brackets at the end of a name (国家新型互联网交换中心（贵阳·贵安）).
_TAIL = re.compile("[（(][\u4e00-\u9fff·、]{2,8}[）)]$")
# A project's own number (T7项目).
_CODE = re.compile(r"[A-Z]+\d")


@cache
def _districts(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(name for name, _ in vocabulary.names("district"))


@cache
def _fields(vocabulary: Vocabulary) -> tuple[str, ...]:
    fields = [e for kind in ("cluster", "category") for e in vocabulary.entries(kind)]
    return tuple(sorted({word for e in fields for word in (*e.own_names, *e.hidden)}))


@lru_cache(maxsize=8)
def _place_patterns(
    vocabulary: Vocabulary, place: str, topics: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The places that name their own carriers, and these with all provinces.

    The place whose document it is names its carriers as the districts of the vocabulary do theirs; so do those that
    its headings speak of.
    """
    local = _districts(vocabulary).union(*(names_within(name) for name in (place, *topics) if name))
    return re.compile(any_of(local)), re.compile(any_of({*_WORDS["proper"], *local}))


class Judge:
    """Judges names by the words of this room and the places of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, document: Document, topics: tuple[str, ...] = ()) -> None:
        """``topics``: the places that the headings of the document speak of."""
        self._districts = _districts(vocabulary)
        self._short = tuple(sorted(name for name in self._districts if len(name) < _ZONE_NAME))
        self._local, self._proper = _place_patterns(vocabulary, document.place, topics)
        # An opinion on all industries names the projects of each by their kind alone.
        self._bold = document.type == "Opinion"
        self._fields = _fields(vocabulary)
        own = tuple(n for slug in document.clusters for n in vocabulary.entry("cluster", slug).own_names)
        self._own = re.compile(any_of(own) if own else "(?!)")

    def says_which(self, text: str) -> bool:
        """Whether a text holds a word beside its rank and the words that say its kind."""
        return len(_KIND.sub("", text)) >= _LEAST_REST

    def verdict(self, passage: str, candidate: Candidate) -> Verdict:
        """proper: a name wherever it stands; particular: it says which, and needs a verb; none: no name."""
        name = passage[candidate.start : candidate.end]
        body = passage[candidate.start : candidate.noun_start]
        area = candidate.noun in _WORDS["zones"] and leading_place(body)[1] == len(body)
        if area or self._is_none(passage, candidate, name):
            return "none"
        if self._is_proper(candidate, body):
            return "proper"
        tail = _TAIL.search(name)
        if tail is not None and self._local.search(tail[0]) and candidate.noun not in _WORDS["local"]:
            return "proper"
        return "particular" if self._is_particular(candidate, body) else "none"

    def stands(self, passage: str, candidate: Candidate) -> bool:
        """Whether a particular name is one by what governs it or is said of it."""
        if _RENEWAL.match(passage, candidate.end):
            return False
        if candidate.verb in _WORDS["wishes"]:
            body = passage[candidate.start : candidate.noun_start]
            hoped = candidate.noun not in _WORDS["landmarks"] or body.startswith((*self._fields, *_TRADES))
            return not hoped and len(_KIND.sub("", body)) > _LEAST_REST
        if candidate.noun in _WORDS["landmarks"] or candidate.verb in _WORDS["foundings"]:
            return True
        if _BUILT.match(passage, candidate.end):
            return True
        said = _SAID.match(passage, candidate.end) or _PHASE.match(passage, candidate.end)
        if said and candidate.noun not in _WORDS["local"]:
            return True
        if candidate.noun.endswith("平台") and passage.endswith(_WORDS["praised"], 0, candidate.start):
            return False
        if not candidate.verb or _INVITATION.search(passage[: candidate.start]):
            return False
        return self._may_be_planned(candidate, passage[candidate.start : candidate.noun_start])

    def _may_be_planned(self, candidate: Candidate, body: str) -> bool:
        noun, verb = candidate.noun, candidate.verb
        rest = len(_KIND.sub("", body))
        if noun in _WORDS["short_named"] and self._is_brand(body):
            return True
        if verb in _LYING and candidate.type == "IndustrialPark":
            return not body.startswith(self._fields)
        if verb in _WORDS["uses"] and noun in _WORDS["parts"] and body.endswith("产业"):
            return False
        if verb in _WORDS["uses"]:
            return rest >= _USED_REST
        if self._bold and noun not in ("中心", *_WORDS["local"]):
            return True
        if noun in _WORDS["placed"]:
            return verb in _WORDS["buildings"] and rest >= _PLACED_REST and not body.startswith(self._fields)
        if noun in _WORDS["short_named"]:
            return False
        return noun not in _WORDS["vague"] and not (noun == "平台" and verb == "支持")

    def _is_brand(self, body: str) -> bool:
        """Whether a short word is no kind and no field, so that it alone makes a name."""
        body = body.removesuffix("创新")
        short = 1 < len(body) <= _SHORT_BODY and not _LONG_KIND.search(body) and not body.isascii()
        return short and not body.startswith((*self._fields, *_TRADES))

    def has_place(self, text: str) -> bool:
        """Whether a district or a province stands in a text."""
        return bool(self._proper.search(text))

    def may_be_bare(self, name: str) -> bool:
        """Whether an item without a carrier's noun can be a name, where its list is one of names."""
        plural = _PLURAL.search(name) or _COUNTED.search(name)
        return self.says_which(name) and not plural and not _JUNK.search(name) and name not in self._districts

    def _is_none(self, passage: str, candidate: Candidate, name: str) -> bool:
        if not _SHORTEST <= len(name) <= _LONGEST or name.endswith(_WORDS["standings"]) or _JUNK.search(name):
            return True
        if passage.endswith(_WORDS["roles"], 0, candidate.list_start) or self._is_counted(passage, candidate):
            return True
        if candidate.noun in _WORDS["local"] and ("公司" in name or name[: -len(candidate.noun)].endswith("”")):
            return True
        if candidate.noun in _WORDS["schools"] and self._is_partner(candidate, name):
            return True
        if candidate.noun in _WORDS["firms"] and not _is_built(candidate):
            return True
        if candidate.type == "ResearchInstitute" and passage.endswith(_SOURCES, 0, candidate.start):
            return True
        if passage.startswith(_BODIES, candidate.end) or _LABEL.match(name):
            return True
        if candidate.noun in _WISHED and passage.endswith(_RANKED, 0, candidate.start):
            return True
        if passage.endswith("等", 0, candidate.start) or self._is_district(passage, candidate, name):
            return True
        lead = passage[self._governed_from(passage, candidate) : candidate.start]
        return bool(_PLURAL.search(lead + name) or _COUNTED.search(lead + name))

    def _governed_from(self, passage: str, candidate: Candidate) -> int:
        """Where what a candidate's verb governs begins."""
        at = passage.rfind(candidate.verb, 0, candidate.list_start + 1) if candidate.verb else -1
        return at if at >= 0 and candidate.list_start - at < _LONGEST else candidate.list_start

    def _is_counted(self, passage: str, candidate: Candidate) -> bool:
        """Whether a number after it counts it (重点实验室5个); what is built once only holds what is counted."""
        return candidate.noun not in _WORDS["landmarks"] and _COUNTED.match(passage, candidate.end) is not None

    def _is_partner(self, candidate: Candidate, name: str) -> bool:
        """Whether a school is another place's, which no verb of building governs."""
        return not _is_built(candidate) and not self._local.search(name) and not _WIDE.search(name)

    def _is_district(self, passage: str, candidate: Candidate, name: str) -> bool:
        if name in self._districts and _FORMAL.match(passage, candidate.end):
            return True
        return name.endswith(self._short)

    def _is_particular(self, candidate: Candidate, body: str) -> bool:
        if candidate.noun == "中心" and body in _WORDS["bare"]:
            return False
        if _FEATURE.match(body) or body.endswith(("）", ")")) or "/" in body or "领域" in body:
            return False
        if candidate.noun in _WORDS["short_named"] and self._is_brand(body):
            return True
        if candidate.noun in _WORDS["landmarks"] and len(body) >= _LEAST_REST and "一流" not in body:
            return True
        if candidate.noun in _WORDS["fielded"] and not body.startswith(_STATE_RANK):
            body = self._own.sub("", body)
        return self.says_which(body)

    def _is_proper(self, candidate: Candidate, body: str) -> bool:
        if body.startswith(("“", "‘")):
            return candidate.noun not in _WORDS["vague"]
        if candidate.verb in _WORDS["wishes"] and candidate.noun in _WORDS["parts"]:
            return False
        if _STATE.match(body) and "”" in body:
            return True
        if candidate.noun in _NATIONALS and _NATIONAL.match(body) and candidate.verb not in _WORDS["wishes"]:
            return True
        if candidate.noun in _WORDS["local"]:
            return bool(self._local.search(body) or _CODE.search(body))
        if _BRACKETED.search(body) and self.says_which(body):
            return True
        if candidate.noun not in _WORDS["everywhere"] and (where := leading_place(body)[1]):
            return not _FEATURE.match(body, where) and (candidate.noun != "实验室" or self.says_which(body))
        if (body.startswith(_COMPANIES) or _COMPANY.match(body)) and candidate.verb not in _WORDS["wishes"]:
            return True
        place = self._proper.search(body)
        if place:
            named = candidate.noun != "实验室" or self.says_which(body)
            return named and not _FEATURE.match(body, place.end())
        if candidate.verb in _WORDS["wishes"]:
            return False
        if _SHARED.match(body) or (candidate.type == "Exhibition" and _WORLD.match(body)):
            return self.says_which(body[_LEAST_REST:])
        if _STATE.match(body) and candidate.noun in _NATIONALS:
            return len(_RANK.sub("", body)) >= _LEAST_REST
        return bool(_WIDE.search(body)) or (_STATE.match(body) is not None and self.says_which(body))


def _is_built(candidate: Candidate) -> bool:
    """Whether a verb of building or founding governs it."""
    return candidate.verb in (*_WORDS["buildings"], *_WORDS["foundings"], *_WORDS["establishings"])
