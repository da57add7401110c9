"""Which language a text is in: by its script, then by its commonest words. Empty where it is too short to say."""

import re

SCRIPTS = (
    ("hy", re.compile("[\u0531-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
LETTERS_OF = {
    "uk": re.compile("[їєґі]", re.IGNORECASE),
    "fa": re.compile("[پچژگ]"),
    "az": re.compile("[əƏ]"),
}
WORDS = {
    "en": "the and you your that with have this for are will not our from been dear we be as of to is",
    "fr": "le la les des une est vous nous votre que pour dans avec pas sur ce cette je bonjour sont au du",
    "de": "der die das und ist nicht sie wir ich ihre ihr für mit auf ein eine von den dem sehr werden wird",
    "es": "el la los las una que de por para con su usted está señor estimado no es en hemos nuestro",
    "it": "il lo la gli una che di per con non è sono della del nel questo gentile alla si vostra",
    "pt": "o os as uma que de para com não é do da em sua seu está estimado nossa você senhor",
    "tr": "ve bir bu için ile olarak sayın değil çok tarafından teşekkür olan daha ofis yanıt",
    "az": "və bir bu üçün ilə olaraq hörmətli deyil çox məktubunuz sizin biz olan təşəkkür",
    "pl": "i w na nie się do że jest z oraz dziękuję państwa dla wiadomość będę proszę od jestem",
    "nl": "de het een en van ik niet op met voor uw wij zijn geachte deze bericht u dat aan",
    "sv": "och att det är jag på för med inte till av som har en tack vi kommer",
    "cs": "a je na se že v pro vám děkujeme jsem není zpráva dobrý den od do prosím",
    "ro": "și este nu în la cu pentru un o vă mulțumesc că de pe sunt",
    "hu": "és a az nem hogy egy is köszönjük kérjük levelét vagyok",
}  # fmt: skip
COMMON = {language: frozenset(words.split()) for language, words in WORDS.items()}
READ = 4000
ENOUGH = 3


def language_of(text: str, named: str = "") -> str:
    """A tag such as `hy`. `named`: what the mail says itself (Content-Language), for a text that is too short."""
    said = re.split(r"[-_,;\s]", named.strip().lower())[0] if named else ""
    return _by_text(text[:READ]) or (said if re.fullmatch(r"[a-z]{2,3}", said) else "")


def _by_text(text: str) -> str:
    letters = sum(map(str.isalpha, text))
    for language, script in SCRIPTS:
        if letters and len(script.findall(text)) > letters * (0.1 if language == "ja" else 0.3):
            return _neighbour(language, text)
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(word in common for word in words) for language, common in COMMON.items()}
    best = max(counts, key=lambda language: counts[language])
    if best in ("tr", "az") and LETTERS_OF["az"].search(text):
        return "az"
    return best if counts[best] >= ENOUGH else ""


def _neighbour(language: str, text: str) -> str:
    """Of two languages in one script, the one whose own letters are there."""
    other = {"ru": "uk", "ar": "fa"}.get(language, "")
    return other if other and len(LETTERS_OF[other].findall(text)) > 2 else language
